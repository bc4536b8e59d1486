using Causality.ConflictResolver.Ledger;
using Causality.ConflictResolver.Options;
using Causality.ConflictResolver.Strategies;
using Causality.Core;
using Causality.Storage.Log.Index;
using Microsoft.Extensions.Options;

namespace Causality.ConflictResolver.Resolving;

/// <summary>Decides conflicts by the settings. Writes nothing.</summary>
internal sealed class ConflictJudge(IOptions<ConflictOptions> options, StrategyShelf shelf, EntryIndex index, TimeProvider time, ILogger<ConflictJudge> logger)
{
    /// <summary>Most versions that a plug-in is shown.</summary>
    private const int MaxShown = 100;

    /// <summary>Decides a conflict that is new or has new versions.</summary>
    public async Task<Verdict> JudgeAsync(ConflictFile conflict, CancellationToken cancellationToken)
    {
        // Whoever comes after a person's decision does not overturn it: the person looks again.
        if (conflict.Row is { Decider: Decider.Person, State: ConflictState.Decided } decided)
            return Open(conflict, StrategyNames.Person, Decider.Person, "A new version came in after a person's decision.") with { Winner = decided.WinnerHash };
        if (conflict.Kind == ConflictKind.SameTimestamp && options.Value.SameTimestamp == SameTimestamp.Report)
            return new Verdict(ConflictState.Decided, conflict.Choose(ConflictStrategy.LatestWins), StrategyNames.Report, Decider.Policy);

        var setting = options.Value.For(conflict.Newest.PeerId, conflict.Newest.EntryType);
        if (setting.Strategy != ConflictStrategy.Custom)
            return ByRule(conflict, setting.Strategy);

        return setting.Custom!.ToLowerInvariant() switch
        {
            StrategyNames.Person => Open(conflict, StrategyNames.Person, Decider.Person, null),
            StrategyNames.Message => Open(conflict, StrategyNames.Message, Decider.Message, null) with { DeadlineAt = Now + (long)options.Value.DecisionTimeout.TotalMilliseconds },
            _ => await AskAsync(conflict, shelf.Find(setting.Custom)!, cancellationToken),
        };
    }

    /// <summary>What is decided when nobody answered in time.</summary>
    public Verdict FallBack(ConflictFile conflict) =>
        ByRule(conflict, options.Value.Fallback) with { Reason = "Nobody decided before the deadline." };

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static Verdict ByRule(ConflictFile conflict, ConflictStrategy strategy) =>
        new(ConflictState.Decided, conflict.Choose(strategy), StrategyNames.Of(strategy), Decider.Policy);

    // Until somebody has decided, nothing that came in takes the place of what was there.
    private static Verdict Open(ConflictFile conflict, string strategy, Decider decider, string? reason) =>
        new(ConflictState.Open, conflict.Choose(ConflictStrategy.LocalWins), strategy, decider, null, reason);

    private async Task<Verdict> AskAsync(ConflictFile conflict, IConflictStrategy plugin, CancellationToken cancellationToken)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(options.Value.PluginTimeout);
            var entries = new List<ConflictingEntry>();
            foreach (var version in conflict.All.Take(MaxShown))
            {
                if (await index.ReadAsync(ContentHash.Parse(version.EntryHash), cancellationToken) is { } entry)
                    entries.Add(new ConflictingEntry(entry, version.Round == conflict.Round, version.PeerId));
            }

            var asked = new ConflictCase(conflict.Subject, entries, conflict.Standing is { } standing ? ContentHash.Parse(standing) : null);
            var chosen = (await plugin.ChooseAsync(asked, limit.Token).AsTask().WaitAsync(limit.Token))?.ToString();
            if (chosen is not null && conflict.All.Any(version => version.EntryHash == chosen))
                return new Verdict(ConflictState.Decided, chosen, plugin.Name, Decider.Plugin, plugin.Name);
            if (chosen is not null)
                logger.PluginChoseAStranger(plugin.Name, chosen, Printable.Shorten(conflict.Subject));
            return Open(conflict, plugin.Name, Decider.Person, "The plug-in did not decide.");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            logger.PluginFailed(exception, plugin.Name, Printable.Shorten(conflict.Subject));
            return Open(conflict, plugin.Name, Decider.Person, $"The plug-in failed: {Printable.Shorten(exception.Message)}");
        }
    }
}
