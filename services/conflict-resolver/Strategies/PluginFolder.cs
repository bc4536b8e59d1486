using System.Reflection;
using Causality.Core;

namespace Causality.ConflictResolver.Strategies;

/// <summary>Loads strategies from the assemblies of a folder, each in a load context of its own so that its packages do not meet ours.</summary>
internal static class PluginFolder
{
    /// <summary>Most assemblies looked at.</summary>
    public const int MaxAssemblies = 100;

    /// <summary>Every public strategy of every assembly.</summary>
    /// <param name="folder">The folder; null for none.</param>
    /// <exception cref="PluginException">The folder is not there, a file is no assembly, a plug-in cannot be made, or two share a name.</exception>
    public static IReadOnlyList<IConflictStrategy> Load(string? folder)
    {
        if (folder is null)
            return [];
        if (!Directory.Exists(folder))
            throw new PluginException($"There is no folder '{folder}'; make it, or leave the setting out.");

        var files = Directory.GetFiles(folder, "*.dll").Order(StringComparer.Ordinal).ToList();
        if (files.Count > MaxAssemblies)
            throw new PluginException($"'{folder}' holds {files.Count} assemblies; at most {MaxAssemblies} are looked at. Move out what holds no strategy.");

        var strategies = files.SelectMany(LoadFile).ToList();
        if (strategies.GroupBy(strategy => strategy.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new PluginException($"Two plug-ins in '{folder}' are named '{twice.Key}': {string.Join(" and ", twice.Select(strategy => strategy.GetType().Assembly.GetName().Name))}. Rename one.");
        return strategies;
    }

    private static List<IConflictStrategy> LoadFile(string file)
    {
        try
        {
            var assembly = new PluginContext(file).LoadFromAssemblyPath(Path.GetFullPath(file));
            return [.. assembly.GetExportedTypes().Where(type => type is { IsAbstract: false, IsClass: true } && typeof(IConflictStrategy).IsAssignableFrom(type)).Select(type => Make(file, type))];
        }
        catch (Exception exception) when (exception is BadImageFormatException or FileLoadException or FileNotFoundException or ReflectionTypeLoadException or TypeLoadException)
        {
            throw new PluginException($"'{file}' cannot be loaded: {exception.Message} Build it for this runtime against Causality.Core, with its packages beside it.", exception);
        }
    }

    private static IConflictStrategy Make(string file, Type type)
    {
        IConflictStrategy strategy;
        try
        {
            strategy = (IConflictStrategy)Activator.CreateInstance(type)!;
        }
        catch (Exception exception) when (exception is MissingMethodException or TargetInvocationException)
        {
            throw new PluginException($"{type.FullName} in '{file}' cannot be made: {(exception.InnerException ?? exception).Message} A strategy needs a public constructor without parameters.", exception);
        }

        return string.IsNullOrWhiteSpace(strategy.Name)
            ? throw new PluginException($"{type.FullName} in '{file}' has no name; settings select a strategy by it.")
            : strategy;
    }
}
