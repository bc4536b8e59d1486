using System.Reflection;
using System.Runtime.Loader;
using Causality.Core;

namespace Causality.ConflictResolver.Strategies;

/// <summary>Where one plug-in's assemblies live. The contract is shared with us, everything else is the plug-in's own where it brings it.</summary>
internal sealed class PluginContext(string file) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(file))
{
    private readonly AssemblyDependencyResolver _resolver = new(Path.GetFullPath(file));

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == typeof(IConflictStrategy).Assembly.GetName().Name)
            return null;

        // Plug-ins without a .deps.json have their packages beside them.
        var beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, assemblyName.Name + ".dll");
        var path = _resolver.ResolveAssemblyToPath(assemblyName) ?? (File.Exists(beside) ? beside : null);
        return path is null ? null : LoadFromAssemblyPath(path);
    }
}
