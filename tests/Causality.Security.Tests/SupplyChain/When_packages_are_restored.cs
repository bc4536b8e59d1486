using Causality.TestKit.Processes;

namespace Causality.Security.Tests.SupplyChain;

/// <summary>What restores is what was committed: every package by version and hash.</summary>
public sealed class When_packages_are_restored : IDisposable
{
    private const string Project = "services/gateway";
    private const string LockFile = "packages.lock.json";
    private static readonly string[] Rooms = ["contracts", "services"];

    private readonly string _copy = Directory.CreateTempSubdirectory("causality-restored-").FullName;

    public When_packages_are_restored()
    {
        foreach (var name in new[] { "Directory.Build.props", "Directory.Packages.props", "global.json" })
            File.Copy(Path.Combine(BuiltPrograms.RepositoryRoot, name), Path.Combine(_copy, name));
        foreach (var file in Rooms.SelectMany(room => Files(room, "*.csproj").Concat(Files(room, LockFile))))
        {
            var target = Path.Combine(_copy, Path.GetRelativePath(BuiltPrograms.RepositoryRoot, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    public void Dispose() => Directory.Delete(_copy, recursive: true);

    [Fact]
    public async Task Should_take_what_was_committed() => (await RestoreAsync()).ExitCode.ShouldBe(0);

    [Fact]
    public Task Should_refuse_a_package_with_other_content() => ShouldFailAsync("NU1403", $"{Project}/{LockFile}", text =>
    {
        var hash = text.IndexOf("\"contentHash\": \"", StringComparison.Ordinal) + 20;
        return text[..hash] + (text[hash] == 'A' ? 'B' : 'A') + text[(hash + 1)..];
    });

    [Fact]
    public Task Should_refuse_another_version() => ShouldFailAsync("NU1004", "Directory.Packages.props", text => text.Replace("<NpgsqlVersion>10.0.0<", "<NpgsqlVersion>10.0.1<", StringComparison.Ordinal));

    [Fact]
    public Task Should_refuse_a_package_that_nobody_has_looked_at() => ShouldFailAsync("NU1004", $"{Project}/Causality.Gateway.csproj", text =>
        text.Replace("</Project>", "<ItemGroup><PackageReference Include=\"Polly.Core\" /></ItemGroup></Project>", StringComparison.Ordinal));

    [Fact]
    public void Should_know_the_packages_of_every_project_and_name_no_registry()
    {
        foreach (var project in Rooms.Append("tests").SelectMany(room => Files(room, "*.csproj")))
        {
            var locked = Path.Combine(Path.GetDirectoryName(project)!, LockFile);
            File.Exists(locked).ShouldBeTrue($"{locked}: build the project, and commit the file that comes of it");
            File.ReadAllText(locked).ShouldNotContain("://", customMessage: locked);
        }

        Directory.EnumerateFiles(BuiltPrograms.RepositoryRoot, "*", SearchOption.TopDirectoryOnly).ShouldNotContain(file => Path.GetFileName(file).Equals("nuget.config", StringComparison.OrdinalIgnoreCase));
    }

    private async Task ShouldFailAsync(string code, string file, Func<string, string> change)
    {
        var path = Path.Combine(_copy, file);
        var (before, after) = (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), "");
        after = change(before);
        after.ShouldNotBe(before);
        await File.WriteAllTextAsync(path, after, TestContext.Current.CancellationToken);
        var run = await RestoreAsync();
        run.ExitCode.ShouldNotBe(0);
        run.Output.ShouldContain(code);
    }

    private Task<ProgramRun> RestoreAsync() => ProgramRun.ToEndAsync(
        "dotnet", ["restore", Project, "--locked-mode", "-v", "q", "-nologo"], new Dictionary<string, string> { ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0" }, _copy, TestContext.Current.CancellationToken);

    private static IEnumerable<string> Files(string room, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(BuiltPrograms.RepositoryRoot, room), pattern, SearchOption.AllDirectories).Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
}
