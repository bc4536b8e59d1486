using Causality.TestKit.Processes;

namespace Causality.Standalone.Tests.CommandLine;

/// <summary>A command line run by a shell at a terminal of its own, made by util-linux' <c>script</c>; the folder is deleted at the end.</summary>
internal sealed class AtTerminal : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("causality-terminal-");

    /// <summary>Where the command line runs.</summary>
    public string Folder => _folder.FullName;

    /// <summary>What has been seen on the terminal so far.</summary>
    public string Screen => File.Exists(ScreenFile) ? File.ReadAllText(ScreenFile) : "";

    private string ScreenFile => Path.Combine(Folder, "screen");

    /// <summary>Runs it to its end.</summary>
    /// <param name="line">For a shell; <c>causality</c> is the command.</param>
    /// <param name="environment">Variables beside those of the test.</param>
    public Task<ProgramRun> RunAsync(string line, params (string Name, string Value)[] environment)
    {
        var all = environment.ToDictionary(one => one.Name, one => one.Value);
        (all["TERM"], all["SHELL"]) = ("xterm", "/bin/bash");
        return ProgramRun.ToEndAsync("script", ["-qefc", $"causality() {{ dotnet {BuiltPrograms.Causality} \"$@\"; }}; {line}", ScreenFile], all, Folder, TestContext.Current.CancellationToken);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
