using System.ComponentModel;
using System.Text.Json;
using Causality.TestKit.Processes;

namespace Causality.EndToEnd.Tests.Brokers;

/// <summary>The programs of <c>examples/python</c> and <c>examples/shell</c>, which ask an operator for a sync.</summary>
internal static class ScriptClient
{
    // Debian's own: another Python on the path does not see Debian's packages.
    private const string Python = "/usr/bin/python3";
    private static readonly Dictionary<string, string> Nothing = [];
    private static readonly string Examples = Path.Combine(BuiltPrograms.RepositoryRoot, "examples");

    public static bool HasAmqpTools => File.Exists("/usr/bin/amqp-publish");

    public static async Task<bool> HasPikaAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await ProgramRun.ToEndAsync(Python, ["-c", "import pika"], Nothing, Examples, cancellationToken)).ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Asks for a sync and gives back the <c>SyncCompleted</c> that the program received.</summary>
    public static async Task<SyncEnding> PythonAsync(Uri broker, string peerId, CancellationToken cancellationToken)
    {
        var run = await ProgramRun.ToEndAsync(Python, ["-B", Path.Combine(Examples, "python", "sync.py"), broker.AbsoluteUri, peerId], Nothing, Examples, cancellationToken);
        run.ExitCode.ShouldBe(0, run.Error);
        using var message = JsonDocument.Parse(run.Output);
        return SyncEnding.Read("SyncCompleted", message.RootElement);
    }

    /// <summary>Asks for a sync and gives back its id.</summary>
    public static async Task<Guid> ShellAsync(Uri broker, string peerId, CancellationToken cancellationToken)
    {
        var run = await ProgramRun.ToEndAsync("bash", [Path.Combine(Examples, "shell", "sync.sh"), broker.AbsoluteUri, peerId], Nothing, Examples, cancellationToken);
        run.ExitCode.ShouldBe(0, run.Error);
        return Guid.Parse(run.Output.Trim());
    }
}
