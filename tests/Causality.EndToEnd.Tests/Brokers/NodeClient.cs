using System.ComponentModel;
using System.Text.Json;
using Causality.TestKit.Processes;

namespace Causality.EndToEnd.Tests.Brokers;

/// <summary>The program of <c>examples/node/sync.js</c>, which asks an operator for a sync by npm <c>amqplib</c>.</summary>
internal sealed class NodeClient
{
    private static readonly Dictionary<string, string> Nothing = [];
    private readonly string _folder;

    private NodeClient(string folder) => _folder = folder;

    /// <summary>Why <see cref="InstallAsync"/> gave none.</summary>
    public static string WhyMissing { get; private set; } = "";

    /// <summary>Installs what the program needs beside the test's own build output, or gives null where Node is missing or its packages cannot be had.</summary>
    public static async Task<NodeClient?> InstallAsync(CancellationToken cancellationToken)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "clients");
        try
        {
            var node = await ProgramRun.ToEndAsync("node", ["--version"], Nothing, folder, cancellationToken);
            var npm = await ProgramRun.ToEndAsync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], Nothing, folder, cancellationToken);
            if (node.ExitCode == 0 && npm.ExitCode == 0)
                return new NodeClient(folder);
            WhyMissing = $"npm ci failed: {npm.Error}";
        }
        catch (Win32Exception exception)
        {
            WhyMissing = $"Node.js or npm is not installed: {exception.Message}";
        }
        catch (TimeoutException exception)
        {
            WhyMissing = exception.Message;
        }

        return null;
    }

    /// <summary>Asks for a sync and gives back the <c>SyncCompleted</c> that the program received.</summary>
    public async Task<SyncEnding> SyncAsync(Uri broker, string peerId, CancellationToken cancellationToken)
    {
        var run = await ProgramRun.ToEndAsync("node", ["sync.js", broker.AbsoluteUri, peerId], Nothing, _folder, cancellationToken);
        run.ExitCode.ShouldBe(0, run.Error);
        using var message = JsonDocument.Parse(run.Output);
        return SyncEnding.Read("SyncCompleted", message.RootElement);
    }
}
