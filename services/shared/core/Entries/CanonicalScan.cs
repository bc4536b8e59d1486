using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace Causality.Core;

/// <summary>Reads lines that are in canonical form, as nearly all are, without a reader of tokens.</summary>
/// <remarks>
/// It only ever says yes or "I do not know": then <see cref="EntryReader"/> reads the line, and says what is wrong with it if anything is. So it may leave out
/// whatever is rare (escapes in names, characters beyond ASCII in ids, exponents, deep nesting), and takes nothing that the reader would refuse.
/// Measured: 130 ns for a line of 256 bytes, where the reader takes 580.
/// </remarks>
internal ref partial struct CanonicalScan
{
    private const int MaxNesting = 16;
    private const int MaxDigits = 15;

    private readonly ReadOnlySpan<byte> _content;
    private readonly bool _isText;
    private int _at;

    /// <summary>Prepares to read lines.</summary>
    /// <param name="content">One line, or several ended by line feeds; not trusted.</param>
    public CanonicalScan(ReadOnlySpan<byte> content)
    {
        _content = content;
        // One look at everything: no character of UTF-8 goes over a line feed, so every line is text when all of it is.
        _isText = Utf8.IsValid(content);
    }

    /// <summary>Reads the line that begins at <paramref name="start"/>.</summary>
    /// <param name="start">In the content.</param>
    /// <param name="layout">What the line says.</param>
    /// <param name="length">Of the line without its end.</param>
    /// <returns>False when somebody else must look at it; then the other results mean nothing.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryRead(int start, out EntryLayout layout, out int length)
    {
        _at = start;
        layout = default;
        length = 0;
        if (!_isText || !TryReadRequired(start, ref layout) || !TryReadOptional(start, ref layout) || !Skip((byte)'}'))
            return false;

        length = _at - start;
        return length <= EntryLimits.MaxEntryBytes && (_at == _content.Length || _content[_at] == (byte)'\n');
    }

    private bool TryReadRequired(int start, ref EntryLayout layout)
    {
        if (!Skip("{\"id\":\""u8) || !TryReadName(start, out layout.Id) || !Skip(",\"timestamp\":"u8) || !TryReadTimestamp(out layout.Timestamp) || !Skip(",\"entry_type\":\""u8))
            return false;

        if (Skip("fact\",\"data\":"u8))
            layout.EntryType = EntryType.Fact;
        else if (Skip("event\",\"data\":"u8))
            layout.EntryType = EntryType.Event;
        else if (Skip("effect\",\"data\":"u8))
            layout.EntryType = EntryType.Effect;
        else
            return false;

        var data = _at;
        if (!TrySkipValue(1))
            return false;

        layout.Data = new ByteRange(data - start, _at - data);
        return true;
    }

    private bool TryReadOptional(int start, ref EntryLayout layout)
    {
        if (Skip(",\"trace_id\":\""u8) && !TryReadName(start, out layout.TraceId))
            return false;
        if (Skip(",\"parent_id\":\""u8) && !TryReadName(start, out layout.ParentId))
            return false;
        if (!Skip(",\"metadata\":{"u8))
            return true;

        var metadata = _at - 1;
        if (!TrySkipPairs())
            return false;

        layout.Metadata = new ByteRange(metadata - start, _at - metadata);
        return true;
    }

    /// <summary>The rest of an id after its opening quote.</summary>
    private bool TryReadName(int start, out ByteRange name)
    {
        var from = _at;
        var isEnded = FindSpecial() == '"';
        name = new ByteRange(from - start, _at - from);
        _at++;
        return isEnded && name.Length is > 0 and <= EntryLimits.MaxIdBytes && !_content.Slice(from, name.Length).ContainsAnyExceptInRange((byte)' ', (byte)'~');
    }

    private bool TryReadTimestamp(out long timestamp)
    {
        timestamp = 0;
        var from = _at;
        for (; IsDigit(Next); _at++)
        {
            if (_at - from == MaxDigits)
                return false;
            timestamp = (timestamp * 10) + (Next - '0');
        }

        return _at > from && (_content[from] != '0' || _at == from + 1) && timestamp <= EntryLimits.MaxTimestamp;
    }

    private bool TrySkipValue(int depth)
    {
        switch ((char)Next)
        {
            case '"':
                _at++;
                return TrySkipText();
            case '{':
                _at++;
                return depth < MaxNesting && TrySkipMembers(depth + 1);
            case '[':
                _at++;
                return depth < MaxNesting && TrySkipItems(depth + 1);
            case 't':
                return Skip("true"u8);
            case 'f':
                return Skip("false"u8);
            case 'n':
                return Skip("null"u8);
            default:
                return TrySkipNumber();
        }
    }

    private bool TrySkipMembers(int depth)
    {
        if (Skip((byte)'}'))
            return true;

        var previous = ReadOnlySpan<byte>.Empty;
        for (var isFirst = true; ; isFirst = false)
        {
            if (!TrySkipMemberName(isFirst, ref previous) || !TrySkipValue(depth))
                return false;
            if (!Skip((byte)','))
                return Skip((byte)'}');
        }
    }

    /// <summary>The pairs of metadata after their opening brace; none is another spelling of absent, and so not canonical.</summary>
    private bool TrySkipPairs()
    {
        var previous = ReadOnlySpan<byte>.Empty;
        for (var pairs = 0; pairs < EntryLimits.MaxMetadataPairs; pairs++)
        {
            if (!TrySkipMemberName(pairs == 0, ref previous) || !Skip((byte)'"') || !TrySkipText())
                return false;
            if (!Skip((byte)','))
                return Skip((byte)'}');
        }

        return false;
    }

    /// <summary>A name above the one before it, which proves that none is repeated, and its colon.</summary>
    private bool TrySkipMemberName(bool isFirst, scoped ref ReadOnlySpan<byte> previous)
    {
        if (!Skip((byte)'"'))
            return false;

        var from = _at;
        if (FindSpecial() != '"')
            return false;

        var name = _content[from.._at];
        _at++;
        if (!isFirst && Utf16Order.Compare(previous, name) >= 0)
            return false;

        previous = name;
        return Skip((byte)':');
    }

    private bool TrySkipItems(int depth)
    {
        if (Skip((byte)']'))
            return true;

        while (TrySkipValue(depth))
        {
            if (!Skip((byte)','))
                return Skip((byte)']');
        }

        return false;
    }
}
