namespace Causality.Core;

/// <summary>The spelling of members and of entry types.</summary>
internal static class EntryMembers
{
    /// <summary>As in messages: <c>trace_id</c>.</summary>
    public static string NameOf(EntryMember member) => member switch
    {
        EntryMember.Id => "id",
        EntryMember.Timestamp => "timestamp",
        EntryMember.EntryType => "entry_type",
        EntryMember.Data => "data",
        EntryMember.TraceId => "trace_id",
        EntryMember.ParentId => "parent_id",
        _ => "metadata",
    };

    /// <summary>What stands before the member's value: <c>,"trace_id":"</c>. Strings include the opening quote.</summary>
    public static ReadOnlySpan<byte> PrefixOf(EntryMember member) => member switch
    {
        EntryMember.Id => "{\"id\":\""u8,
        EntryMember.Timestamp => "\",\"timestamp\":"u8,
        EntryMember.EntryType => ",\"entry_type\":\""u8,
        EntryMember.Data => "\",\"data\":"u8,
        EntryMember.TraceId => ",\"trace_id\":\""u8,
        EntryMember.ParentId => ",\"parent_id\":\""u8,
        _ => ",\"metadata\":"u8,
    };

    /// <summary>Finds the member of an unescaped name.</summary>
    public static bool TryFind(ReadOnlySpan<byte> name, out EntryMember member)
    {
        var found = name switch
        {
            _ when name.SequenceEqual("id"u8) => EntryMember.Id,
            _ when name.SequenceEqual("timestamp"u8) => EntryMember.Timestamp,
            _ when name.SequenceEqual("entry_type"u8) => EntryMember.EntryType,
            _ when name.SequenceEqual("data"u8) => EntryMember.Data,
            _ when name.SequenceEqual("trace_id"u8) => EntryMember.TraceId,
            _ when name.SequenceEqual("parent_id"u8) => EntryMember.ParentId,
            _ when name.SequenceEqual("metadata"u8) => EntryMember.Metadata,
            _ => (EntryMember)(-1),
        };
        member = found;
        return found >= 0;
    }

    /// <summary>As in JSON: <c>fact</c>.</summary>
    public static ReadOnlySpan<byte> SpellingOf(EntryType entryType) => entryType switch
    {
        EntryType.Effect => "effect"u8,
        EntryType.Fact => "fact"u8,
        _ => "event"u8,
    };

    /// <summary>Finds the entry type of an unescaped spelling.</summary>
    public static bool TryFind(ReadOnlySpan<byte> spelling, out EntryType entryType)
    {
        entryType = spelling.SequenceEqual("effect"u8) ? EntryType.Effect : spelling.SequenceEqual("fact"u8) ? EntryType.Fact : EntryType.Event;
        return spelling.SequenceEqual(SpellingOf(entryType));
    }
}
