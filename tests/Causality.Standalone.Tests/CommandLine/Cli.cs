using Causality.TestKit.Processes;

namespace Causality.Standalone.Tests.CommandLine;

/// <summary>The <c>causality</c> executable, as a person runs it.</summary>
internal static class Cli
{
    /// <summary>Runs a command to its end.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="url">The operator that it talks to.</param>
    /// <param name="arguments">The command line.</param>
    public static Task<ProgramRun> RunAsync(string folder, Uri url, params string[] arguments) => ProgramRun.ToEndAsync(
        "dotnet", [BuiltPrograms.Causality, .. arguments], new Dictionary<string, string> { ["CAUSALITY_URL"] = url.AbsoluteUri }, folder, TestContext.Current.CancellationToken);

    /// <summary>A command that failed as it should: not 0, one sentence on standard error, nothing like a stack trace.</summary>
    public static void ShouldFail(this ProgramRun run, params string[] words)
    {
        run.ExitCode.ShouldBe(1, run.Output + run.Error);
        foreach (var word in words)
            run.Error.ShouldContain(word);
        run.Error.ShouldNotContain("   at ");
        run.Output.ShouldNotContain("   at ");
    }
}
