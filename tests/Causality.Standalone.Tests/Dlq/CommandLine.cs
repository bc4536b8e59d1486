using System.Diagnostics;
using System.Text.Json;

namespace Causality.Standalone.Tests.Dlq;

/// <summary>The <c>causality</c> command as a process, as people run it.</summary>
internal static class CommandLine
{
    /// <summary>What a run ended with.</summary>
    public sealed record Run(int ExitCode, string Output, string Errors)
    {
        public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Output);
    }

    public static async Task<Run> CausalityAsync(Uri? broker, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in arguments.Prepend(Path.Combine(AppContext.BaseDirectory, "causality.dll")))
            start.ArgumentList.Add(argument);
        start.Environment["CAUSALITY_AMQP"] = broker?.ToString() ?? "";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return new Run(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}
