using System.Diagnostics;

namespace Causality.TestKit.Processes;

/// <summary>A program that has run to its end.</summary>
/// <param name="ExitCode">0 for success.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
public sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Runs a program and collects what it prints.</summary>
    /// <param name="program">Name or path; <c>dotnet</c> for an assembly of ours, which is then the first argument.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="environment">Variables beside those of the test.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <exception cref="TimeoutException">It does not end.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    public static async Task<ProgramRun> ToEndAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = folder };
        foreach (var (variable, value) in ProgramEnvironment.Of(environment))
            start.Environment[variable] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            return new ProgramRun(process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            if (cancellationToken.IsCancellationRequested)
                throw;
            throw new TimeoutException($"'{program} {string.Join(' ', arguments)}' still runs after {Patience.TotalSeconds} s.");
        }
    }
}
