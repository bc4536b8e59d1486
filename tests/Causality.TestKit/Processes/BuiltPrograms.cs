using System.Globalization;

namespace Causality.TestKit.Processes;

/// <summary>Finds what the build has made, in the same configuration as the running test.</summary>
public static class BuiltPrograms
{
    private const string Solution = "Causality.Microservices.sln";

    /// <summary>The repository's folder: the nearest one above the test's own that holds the solution.</summary>
    /// <exception cref="DirectoryNotFoundException">The tests were moved out of the repository.</exception>
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>The <c>causality</c> executable's assembly.</summary>
    public static string Causality => Find("standalone", "causality.dll");

    /// <summary>The assembly of a service, such as <c>conflict-resolver</c>.</summary>
    /// <exception cref="FileNotFoundException">It was not built in this configuration; says how to.</exception>
    public static string Service(string name) =>
        Find(name, $"Causality.{string.Concat(name.Split('-').Select(word => char.ToUpper(word[0], CultureInfo.InvariantCulture) + word[1..]))}.dll");

    private static string Find(string folder, string file)
    {
        // .../bin/<Configuration>/<framework>/
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var path = Path.Combine(RepositoryRoot, "services", folder, "bin", own.Parent!.Name, own.Name, file);
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is missing; build it: dotnet build services/standalone -c {own.Parent.Name}", path);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds {Solution}; run the tests from where they were built.");
    }
}
