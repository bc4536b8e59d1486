namespace Causality.Core;

/// <summary>The members of an entry, in canonical order. Design §2 point 2.</summary>
internal enum EntryMember
{
    Id,
    Timestamp,
    EntryType,
    Data,
    TraceId,
    ParentId,
    Metadata,
}
