using System.Text.Json;

namespace Causality.Core;

/// <summary>Checks a line against every rule of an entry and finds its members, without allocating.</summary>
internal ref struct EntryReader
{
    private const int Required = (1 << (int)EntryMember.Id) | (1 << (int)EntryMember.Timestamp) | (1 << (int)EntryMember.EntryType) | (1 << (int)EntryMember.Data);

    private JsonCursor _cursor;
    private EntryLayout _layout;
    private int _seen;

    private EntryReader(ReadOnlySpan<byte> utf8) => _cursor = new JsonCursor(utf8);

    /// <summary>Reads one JSON object; white space around it is allowed.</summary>
    /// <param name="utf8">Not trusted.</param>
    /// <param name="isCanonical">False when the bytes may not be canonical. Then only <see cref="CanonicalWriter"/> finds repeated names in nested objects.</param>
    /// <exception cref="InvalidEntryException">Not an entry.</exception>
    public static EntryLayout Read(ReadOnlySpan<byte> utf8, out bool isCanonical)
    {
        isCanonical = new CanonicalScan(utf8).TryRead(0, out var layout, out var length) && length == utf8.Length;
        return isCanonical ? layout : ReadTokens(utf8, out isCanonical);
    }

    /// <summary>The same, token by token, whatever the form; what it says is the rule.</summary>
    /// <exception cref="InvalidEntryException">Not an entry.</exception>
    internal static EntryLayout ReadTokens(ReadOnlySpan<byte> utf8, out bool isCanonical)
    {
        if (utf8.Length > EntryLimits.MaxEntryBytes)
            throw new InvalidEntryException(null, $"The entry has {utf8.Length} bytes; at most {EntryLimits.MaxEntryBytes} are accepted. Keep large payloads elsewhere and log where.");
        if (utf8.StartsWith("\uFEFF"u8))
            throw new InvalidEntryException(null, "The entry begins with a byte order mark; send plain UTF-8.");

        var reader = new EntryReader(utf8);
        try
        {
            reader.ReadObject();
        }
        catch (JsonException broken)
        {
            throw new InvalidEntryException(reader._cursor.Field, $"not valid JSON at line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}; an entry is one JSON object.", broken);
        }

        isCanonical = reader._cursor.IsCanonical && reader._cursor.End == utf8.Length;
        return reader._layout;
    }

    /// <summary>Reads one line that keeps its bytes: every check is made, also the ones that take rewriting.</summary>
    /// <exception cref="InvalidEntryException">Not an entry, or more than one line.</exception>
    public static EntryLayout ReadLine(ReadOnlySpan<byte> line)
    {
        if (line.ContainsAny((byte)'\n', (byte)'\r'))
            throw new InvalidEntryException(null, "The entry holds a raw line feed or carriage return; an entry is one line.");

        var layout = Read(line, out var isCanonical);
        if (!isCanonical)
            CanonicalWriter.Check(line, layout);
        return layout;
    }

    private void ReadObject()
    {
        if (_cursor.Next() != JsonTokenType.StartObject)
            throw new InvalidEntryException(null, "The entry is not a JSON object.");

        while (_cursor.Next() == JsonTokenType.PropertyName)
        {
            var member = ReadMemberName();
            _cursor.Next();
            ReadMember(member);
            _cursor.Field = null;
        }

        // Nothing but white space may follow; anything else makes the reader throw.
        _cursor.Next();
        CheckComplete();
    }

    private EntryMember ReadMemberName()
    {
        Span<byte> buffer = stackalloc byte[128];
        // An escaped name that does not fit is longer than any member's, and stays as it is to be refused.
        scoped var name = _cursor.Raw;
        if (_cursor.IsEscaped && name.Length <= buffer.Length)
            name = JsonEscapes.Decode(name, buffer);

        if (!EntryMembers.TryFind(name, out EntryMember member))
            throw new InvalidEntryException(Printable.Shorten(JsonEscapes.ToText(_cursor.Raw)), "is not a member of an entry; put it into data or metadata.");

        var bit = 1 << (int)member;
        _cursor.Field = EntryMembers.NameOf(member);
        if ((_seen & bit) != 0)
            throw _cursor.Fault("appears twice; write it once.");

        // A higher bit that is already set means that the members are not in canonical order.
        if (_seen > bit)
            _cursor.IsCanonical = false;
        _seen |= bit;
        return member;
    }

    private void ReadMember(EntryMember member)
    {
        switch (member)
        {
            case EntryMember.Id:
                _layout.Id = EntryValues.ReadName(ref _cursor);
                break;
            case EntryMember.Timestamp:
                _layout.Timestamp = EntryValues.ReadTimestamp(ref _cursor);
                break;
            case EntryMember.EntryType:
                _layout.EntryType = EntryValues.ReadEntryType(ref _cursor);
                break;
            case EntryMember.Data:
                _layout.Data = EntryValues.ReadData(ref _cursor);
                break;
            case EntryMember.TraceId:
                _layout.TraceId = EntryValues.ReadOptionalName(ref _cursor);
                break;
            case EntryMember.ParentId:
                _layout.ParentId = EntryValues.ReadOptionalName(ref _cursor);
                break;
            default:
                _layout.Metadata = EntryValues.ReadMetadata(ref _cursor);
                break;
        }
    }

    private readonly void CheckComplete()
    {
        if ((_seen & Required) == Required)
            return;

        for (var member = EntryMember.Id; member <= EntryMember.Data; member++)
        {
            if ((_seen & (1 << (int)member)) == 0)
                throw new InvalidEntryException(EntryMembers.NameOf(member), "is required and missing.");
        }
    }
}
