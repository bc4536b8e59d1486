using Causality.ConflictResolver.Options;
using Causality.Core;
using Microsoft.Extensions.Options;

namespace Causality.ConflictResolver.Strategies;

/// <summary>The strategies of the operator's own by name: registered ones, and those of the plug-in folder.</summary>
internal sealed class StrategyShelf(IEnumerable<IConflictStrategy> registered, IOptions<ConflictOptions> options)
{
    private readonly Lazy<IReadOnlyDictionary<string, IConflictStrategy>> _strategies = new(() =>
    {
        var strategies = new Dictionary<string, IConflictStrategy>(StringComparer.OrdinalIgnoreCase);
        foreach (var strategy in PluginFolder.Load(options.Value.PluginFolder).Concat(registered))
            strategies[strategy.Name] = strategy;
        return strategies;
    });

    /// <summary>The strategy of a name; null for an unknown one.</summary>
    public IConflictStrategy? Find(string name) => _strategies.Value.GetValueOrDefault(name);
}
