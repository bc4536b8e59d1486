using System.Diagnostics;

namespace Causality.Observability.Tests.Tools;

/// <summary>Prometheus' own judge of metrics, rules and expressions.</summary>
internal static class Promtool
{
    /// <summary>Skips the test where it is not installed: <c>infra/scripts/lib/packages.sh</c> installs it for the whole suite.</summary>
    public static void Require() => Assert.SkipUnless(IsInstalled, "promtool is missing (Debian: apt-get install prometheus; infra/scripts/test.sh does so as root)");

    private static bool IsInstalled { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "promtool")));

    /// <summary>Runs it to its end.</summary>
    /// <param name="input">What it reads from its standard input.</param>
    /// <param name="arguments">Its command line.</param>
    /// <returns>Exit code and all that it printed.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string? input, params string[] arguments)
    {
        var start = new ProcessStartInfo("promtool", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }
}
