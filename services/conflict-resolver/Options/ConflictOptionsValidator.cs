using Causality.ConflictResolver.Ledger;
using Causality.ConflictResolver.Strategies;
using Causality.Core;
using Microsoft.Extensions.Options;

namespace Causality.ConflictResolver.Options;

/// <summary>Reports every setting that is out of bounds or names what is not there, with its name, its value and the way out.</summary>
internal sealed class ConflictOptionsValidator(IEnumerable<IConflictStrategy> registered) : IValidateOptions<ConflictOptions>
{
    public ValidateOptionsResult Validate(string? name, ConflictOptions options)
    {
        var faults = new List<string>();
        var plugins = Names(options, faults);
        Check("", options, plugins, faults);
        foreach (var (peer, setting) in options.Peers)
        {
            if (!OperatorId.IsValid(peer))
                faults.Add($"{ConflictOptions.Section}:Peers:{peer} is no operator id; use the id by which the peer is known here.");
            Check($"Peers:{peer}:", setting, plugins, faults);
        }

        foreach (var (type, setting) in options.EntryTypes)
        {
            if (!Enum.GetNames<EntryType>().Contains(type, StringComparer.OrdinalIgnoreCase))
                faults.Add($"{ConflictOptions.Section}:EntryTypes:{type} is no entry type; use effect, fact or event.");
            Check($"EntryTypes:{type}:", setting, plugins, faults);
        }

        if (!Enum.IsDefined(options.SameTimestamp))
            faults.Add($"{ConflictOptions.Section}:SameTimestamp is {options.SameTimestamp}; use Ignore, Report or Supersede.");
        if (options.Fallback is not (ConflictStrategy.LatestWins or ConflictStrategy.RemoteWins or ConflictStrategy.LocalWins))
            faults.Add($"{ConflictOptions.Section}:Fallback is {options.Fallback}; it decides when nobody else did, so use LatestWins, RemoteWins or LocalWins.");
        Within(nameof(options.PluginTimeout), options.PluginTimeout, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        Within(nameof(options.DecisionTimeout), options.DecisionTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromDays(365));
        Within(nameof(options.CheckInterval), options.CheckInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        Within(nameof(options.ArrivalDays), options.ArrivalDays, 1, 36_500);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Within<T>(string setting, T value, T least, T most) where T : IComparable<T>
        {
            if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
                faults.Add($"{ConflictOptions.Section}:{setting} is {value}; it must be {least} to {most}.");
        }
    }

    private HashSet<string> Names(ConflictOptions options, List<string> faults)
    {
        var names = new HashSet<string>(registered.Select(strategy => strategy.Name), StringComparer.OrdinalIgnoreCase) { StrategyNames.Person, StrategyNames.Message };
        try
        {
            names.UnionWith(PluginFolder.Load(options.PluginFolder).Select(plugin => plugin.Name));
        }
        catch (PluginException exception)
        {
            faults.Add($"{ConflictOptions.Section}:PluginFolder: {exception.Message}");
        }

        return names;
    }

    private static void Check(string path, StrategySetting setting, HashSet<string> names, List<string> faults)
    {
        var field = $"{ConflictOptions.Section}:{path}";
        if (!Enum.IsDefined(setting.Strategy))
            faults.Add($"{field}Strategy is {setting.Strategy}; use LatestWins, RemoteWins, LocalWins or Custom.");
        else if (setting.Strategy != ConflictStrategy.Custom && setting.Custom is not null)
            faults.Add($"{field}Custom is '{setting.Custom}' and {field}Strategy is {setting.Strategy}; set the strategy to Custom, or leave the other out.");
        else if (setting.Strategy == ConflictStrategy.Custom && (setting.Custom is null || !names.Contains(setting.Custom)))
            faults.Add($"{field}Custom is '{setting.Custom}'; known here are {string.Join(", ", names.Order(StringComparer.Ordinal))}. Register an IConflictStrategy of that name, or put its assembly into {ConflictOptions.Section}:PluginFolder.");
    }
}
