using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Causality.Core;

/// <summary>Walks over hostile JSON token by token, checks what the JSON reader leaves unchecked, and notices what is not canonical.</summary>
internal ref struct JsonCursor
{
    private readonly ReadOnlySpan<byte> _utf8;
    private readonly bool _validUtf8;
    private Utf8JsonReader _json;
    private int _end;

    public JsonCursor(ReadOnlySpan<byte> utf8)
    {
        _utf8 = utf8;
        // One vectorized look at everything; only when it fails is each string looked at, to name the one at fault.
        _validUtf8 = Utf8.IsValid(utf8);
        // One level more than allowed, so that the check here, which knows what to say, comes first.
        _json = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = EntryLimits.MaxDepth + 1 });
    }

    /// <summary>The top-level member being read, for error messages.</summary>
    public string? Field { get; set; }

    /// <summary>False as soon as the bytes may differ from the canonical ones; such input must be rewritten, which also finds repeated names.</summary>
    public bool IsCanonical { get; set; } = true;

    public readonly JsonTokenType Token => _json.TokenType;

    /// <summary>The token between its quotes, still escaped.</summary>
    public readonly ReadOnlySpan<byte> Raw => _json.ValueSpan;

    public readonly bool IsEscaped => _json.ValueIsEscaped;

    /// <summary>Where the value that was read last ends.</summary>
    public readonly int End => _end;

    public readonly int TokenStart => (int)_json.TokenStartIndex;

    /// <summary>Reads and checks the next token.</summary>
    public JsonTokenType Next()
    {
        if (!_json.Read())
            return JsonTokenType.None;

        NoticeWhiteSpace();
        switch (_json.TokenType)
        {
            case JsonTokenType.PropertyName or JsonTokenType.String:
                CheckText();
                break;
            case JsonTokenType.Number:
                CheckNumber();
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray when _json.CurrentDepth >= EntryLimits.MaxDepth:
                throw Fault($"is nested deeper than {EntryLimits.MaxDepth} levels, counting the entry itself; flatten it.");
        }

        return _json.TokenType;
    }

    /// <summary>Reads to the end of the value whose first token was read.</summary>
    public void FinishValue()
    {
        if (Token == JsonTokenType.StartObject)
        {
            FinishObject();
        }
        else if (Token == JsonTokenType.StartArray)
        {
            while (Next() != JsonTokenType.EndArray)
                FinishValue();
        }
    }

    /// <summary>Notices when a name is not above the one before it. Strictly ascending names also prove that none is repeated.</summary>
    public void NoticeOrder(bool isFirst, scoped ReadOnlySpan<byte> previous)
    {
        // Escaped names cannot be compared as they stand; the rewriting decides.
        if (_json.ValueIsEscaped || (!isFirst && Utf16Order.Compare(previous, Raw) >= 0))
            IsCanonical = false;
    }

    public readonly InvalidEntryException Fault(string reason) => new(Field, reason);

    private void FinishObject()
    {
        var previous = ReadOnlySpan<byte>.Empty;
        for (var isFirst = true; Next() == JsonTokenType.PropertyName; isFirst = false)
        {
            NoticeOrder(isFirst, previous);
            previous = Raw;
            Next();
            FinishValue();
        }
    }

    // The reader has checked the grammar, so a gap between two tokens is at most one comma or colon, unless there is white space.
    private void NoticeWhiteSpace()
    {
        var start = TokenStart;
        var gap = start - _end;
        if (gap > 1 || (gap == 1 && _utf8[_end] <= (byte)' '))
            IsCanonical = false;

        var quotes = _json.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? 2 : 0;
        _end = start + Raw.Length + quotes;
    }

    private void CheckText()
    {
        if (!_validUtf8 && !Utf8.IsValid(Raw))
            throw Fault("holds bytes that are not UTF-8; encode the text as UTF-8.");

        if (!_json.ValueIsEscaped)
            return;

        var form = JsonEscapes.Inspect(Raw);
        if (form == EscapeForm.LoneSurrogate)
            throw Fault("holds half of a surrogate pair, which is no Unicode text; write both halves or none.");
        if (form == EscapeForm.Reducible)
            IsCanonical = false;
    }

    // Only an exponent or very many digits can leave the range of a double, and most readers know no other numbers.
    private readonly void CheckNumber()
    {
        if (Raw.Length <= 300 && Raw.IndexOfAny((byte)'e', (byte)'E') < 0)
            return;

        if (!double.TryParse(Raw, System.Globalization.CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            throw Fault("holds a number beyond ±1.8e308, which most readers take for infinity; write it as a string.");
    }
}
