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
    [InlineData("causality ver", "verify")]
    [InlineData("causality peers a", "add")]
    [InlineData("causality verify --re", "--repair")]
    [InlineData("causality --json status --gate", "--gateway-url")]
    [InlineData("causality nonsense", "nonsense")]
    public async Task Zsh_types_the_rest(string typed, string word)
    {
        using var script = await ScriptAsync("zsh");

        // A person at a terminal of its own: types, presses the tabulator and then return; the command is a function that says what it got.
        // zsh reads keys once it has told the terminal to mark what is pasted (2004h).
        var run = await RunAsync("/usr/bin/timeout", "20", "/usr/bin/zsh", "-f", "-c", $$$"""
            zmodload zsh/zpty
            answer() { zpty -r person REPLY "$1" || exit 1 }
            zpty person zsh -f -i
            answer '*2004h*'
            zpty -w person 'autoload -Uz compinit; compinit -D -u; source {{{script.Path}}}; causality() { print -r -- "<${(j: :)@}>" }; print rea$((1))dy'
            answer '*rea1dy*2004h*'
            zpty -w person $'{{{typed}}}\t'
            answer '*<*>*'
            print -r -- "${REPLY##*<}"
            zpty -d person
            """);

        run.ExitCode.ShouldBe(0, run.Output + run.Error);
        run.Output.Split('>')[0].Split(' ')[^1].ShouldBe(word, run.Output + run.Error);
    }

    [Theory]
    [InlineData("causality ver", "verify")]
    [InlineData("causality peers a", "add")]
    [InlineData("causality verify --re", "--repair")]
    [InlineData("causality --json status --gate", "--gateway-url")]
    [InlineData("causality nonsense", "")]
    public async Task Fish_offers_what_fits(string typed, string offered)
    {
        using var script = await ScriptAsync("fish");

        var run = await RunAsync("/usr/bin/fish", "--no-config", "-c", $"source {script.Path}; complete -C '{typed}'");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Error.ShouldBeEmpty();
        // A word and its description, a tabulator between.
        run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')[0]).ShouldBe(offered.Length == 0 ? [] : [offered]);
        run.Output.Contains('\t').ShouldBe(offered.Length > 0, "descriptions");
    }

    private static async Task<ScriptFile> ScriptAsync(string shell)
    {
        Assert.SkipUnless(File.Exists($"/usr/bin/{shell}"), $"{shell} is not installed (Debian: {shell}): nobody reads its script");
        var made = await RunAsync("dotnet", BuiltPrograms.Causality, "completion", shell);
        made.ExitCode.ShouldBe(0, made.Error);
        return new ScriptFile(made.Output);
    }

    private sealed class ScriptFile : IDisposable
    {
        public ScriptFile(string text) => File.WriteAllText(Path, text);

        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }

    private static Task<ProgramRun> RunAsync(string program, params string[] arguments) =>
        ProgramRun.ToEndAsync(program, arguments, new Dictionary<string, string>(), Path.GetTempPath(), TestContext.Current.CancellationToken);
}
