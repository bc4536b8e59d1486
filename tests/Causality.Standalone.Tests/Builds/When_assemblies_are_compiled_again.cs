using Causality.TestKit.Processes;

namespace Causality.Standalone.Tests.Builds;

/// <summary>The same source gives the same assemblies, and so the same layers of images. <c>infra/scripts/images-test.sh</c> compares two whole builds; this is the one cause that was ever found.</summary>
public sealed class When_assemblies_are_compiled_again
{
    // Broke: Causality.Protocol had two such classes, and one build in two took them the other way round.
    [Fact]
    public void Each_has_its_log_messages_in_one_class()
    {
        var projects = Directory.EnumerateFiles(Path.Combine(BuiltPrograms.RepositoryRoot, "services"), "*.csproj", SearchOption.AllDirectories).Select(file => Path.GetDirectoryName(file)!).ToList();
        var classes = projects.ToDictionary(folder => folder, folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Where(file => IsSource(folder, file) && File.ReadAllText(file).Contains("[LoggerMessage(", StringComparison.Ordinal)).ToList());

        classes.Values.Count(files => files.Count == 1).ShouldBeGreaterThan(8, "most have one, so the search finds them");
        classes.Values.Where(files => files.Count > 1).SelectMany(files => files).ShouldBeEmpty("the generator of log messages takes several classes of an assembly in any order: keep them in one LogMessages.cs");
    }

    private static bool IsSource(string folder, string file) => Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj");
}
