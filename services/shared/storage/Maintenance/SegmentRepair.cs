using Causality.Core;
using Causality.Storage.Blobs;

namespace Causality.Storage.Maintenance;

/// <summary>Sets damaged contents aside, so that nobody is given them any more, and puts the same content from elsewhere in their place.</summary>
internal sealed class SegmentRepair(ISegmentStore blobs, SegmentCheck check)
{
    /// <summary>Asked for in one go.</summary>
    public const int Portion = 100;

    /// <summary>Takes wrong bytes out of sight. What cannot be read stays until there is something better: perhaps it is only a permission or a network.</summary>
    /// <exception cref="StorageUnavailableException">It cannot be moved.</exception>
    public Task SetAsideAsync(SegmentDamage damage, CancellationToken cancellationToken) =>
        damage.Kind is DamageKinds.WrongHash or DamageKinds.WrongSize ? blobs.SetAsideAsync(damage.Segment.ContentHash, cancellationToken) : Task.CompletedTask;

    /// <summary>Repairs what can be repaired.</summary>
    /// <returns>The same damages, each saying what came of it.</returns>
    /// <exception cref="StorageUnavailableException">Wrong bytes cannot be set aside.</exception>
    public async Task<IReadOnlyList<SegmentDamage>> RepairAsync(IReadOnlyList<SegmentDamage> damages, ISegmentSource source, CancellationToken cancellationToken)
    {
        var results = damages.Where(damage => !DamageKinds.IsMendable(damage.Kind))
            .Select(damage => damage with { NotRepaired = "the same content from elsewhere would be as wrong" }).ToList();
        foreach (var portion in damages.Where(damage => DamageKinds.IsMendable(damage.Kind)).Chunk(Portion))
        {
            foreach (var damage in portion)
                await SetAsideAsync(damage, cancellationToken).ConfigureAwait(false);

            var byId = portion.ToDictionary(damage => damage.Segment.Id);
            await foreach (var find in source.FindAsync([.. portion.Select(damage => damage.Segment)], cancellationToken).ConfigureAwait(false))
            {
                if (byId.Remove(find.Wanted.Id, out var damage))
                    results.Add(await StoreAsync(damage, find, cancellationToken).ConfigureAwait(false));
            }

            results.AddRange(byId.Values.Select(damage => damage with { NotRepaired = "nobody was asked" }));
        }

        return results;
    }

    private async Task<SegmentDamage> StoreAsync(SegmentDamage damage, SegmentFind find, CancellationToken cancellationToken)
    {
        if (find.Found is not { } segment)
            return damage with { NotRepaired = find.Note };

        // Whatever the source promised: what is stored under a name has that hash.
        if (ContentHash.Of(segment.Content.Span) != damage.Segment.ContentHash)
            return damage with { NotRepaired = $"{find.Note} sent another content" };

        try
        {
            // Out of the way whatever it was: a store leaves alone what it has already.
            await blobs.SetAsideAsync(damage.Segment.ContentHash, cancellationToken).ConfigureAwait(false);
            await blobs.PutAsync([new(damage.Segment.ContentHash, segment.Content)], cancellationToken).ConfigureAwait(false);
        }
        catch (StorageUnavailableException e)
        {
            return damage with { NotRepaired = e.Message };
        }

        return await check.RunAsync(damage.Segment, cancellationToken).ConfigureAwait(false) is { } still
            ? damage with { NotRepaired = $"stored again, and still {still.Kind}: {still.Detail}" }
            : damage with { RepairedFrom = find.Note };
    }
}
