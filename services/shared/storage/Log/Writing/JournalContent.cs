using Causality.Core;

namespace Causality.Storage.Log.Writing;

/// <summary>What a journal held.</summary>
/// <param name="Id">The segment.</param>
/// <param name="Origin">Its writer.</param>
/// <param name="Entries">Every acknowledged entry, in the order of arrival; perhaps also the last group that was written and not acknowledged any more.</param>
/// <param name="IsDamaged">True when bytes before the end are bad: entries that were acknowledged may be missing.</param>
internal sealed record JournalContent(SegmentId Id, OperatorId Origin, IReadOnlyList<LogEntry> Entries, bool IsDamaged);
