using Causality.TestKit.Processes;

namespace Causality.Standalone.Tests.CommandLine;

/// <summary>The scripts of <c>causality completion</c>, in the shells that are installed.</summary>
public sealed class When_a_shell_completes
{
    [Theory]
    [InlineData("causality ver", "verify")]
    [InlineData("causality peers a", "add")]
    [InlineData("causality verify --re", "--repair")]
    [InlineData("causality --json status --gate", "--gateway-url")]
    [InlineData("causality nonsense", "")]
    public async Task Bash_offers_what_fits(string typed, string offered)
    {
        var script = (await RunAsync("dotnet", BuiltPrograms.Causality, "completion", "bash")).Output;
        var words = typed.Split(' ');

        var run = await RunAsync("bash", "-c", $"{script}\nCOMP_WORDS=({typed}); COMP_CWORD={words.Length - 1}; _causality; echo \"${{COMPREPLY[*]}}\"");

        run.Output.Trim().ShouldBe(offered, run.Error);
    }

    [Theory]
    [InlineData("zsh", "-n")]
    [InlineData("fish", "--no-execute")]
    public async Task Other_shells_can_read_theirs(string shell, string readOnly)
    {
        var script = (await RunAsync("dotnet", BuiltPrograms.Causality, "completion", shell)).Output;
        script.ShouldContain("verify");
        script.ShouldContain("repair");
        Assert.SkipUnless(File.Exists($"/usr/bin/{shell}"), $"{shell} is not installed: its script was made, and not read by it");
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, script, TestContext.Current.CancellationToken);
            (await RunAsync(shell, readOnly, file)).ExitCode.ShouldBe(0);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Task<ProgramRun> RunAsync(string program, params string[] arguments) =>
        ProgramRun.ToEndAsync(program, arguments, new Dictionary<string, string>(), Path.GetTempPath(), TestContext.Current.CancellationToken);
}
