using System.Text.Json;

namespace Causality.Core;

/// <summary>Rewrites a checked entry into its canonical bytes.</summary>
/// <remarks>
/// Canonical bytes are never longer than the entry they come from: every rule drops white space, shortens an escape or turns a
/// time into digits. So each buffer is rented once, at the length of the input.
/// </remarks>
internal ref struct CanonicalWriter
{
    private readonly ReadOnlySpan<byte> _utf8;
    private CanonicalText _text;
    private MemberStack _members;
    private string _field;

    private CanonicalWriter(ReadOnlySpan<byte> utf8)
    {
        _utf8 = utf8;
        _text = new CanonicalText(utf8.Length);
        _members = new MemberStack(utf8.Length);
        _field = "";
    }

    /// <summary>The canonical bytes in a new array, and where its members are.</summary>
    /// <exception cref="InvalidEntryException">A name is repeated in a nested object.</exception>
    public static byte[] Write(ReadOnlySpan<byte> utf8, in EntryLayout source, out EntryLayout target)
    {
        var writer = new CanonicalWriter(utf8);
        try
        {
            target = writer.WriteEntry(source);
            return writer._text.Written.ToArray();
        }
        finally
        {
            writer.Return();
        }
    }

    /// <summary>Looks for repeated names in nested objects and gives the rewritten bytes up.</summary>
    /// <exception cref="InvalidEntryException">There is one.</exception>
    public static void Check(ReadOnlySpan<byte> utf8, in EntryLayout source)
    {
        var writer = new CanonicalWriter(utf8);
        try
        {
            writer.WriteEntry(source);
        }
        finally
        {
            writer.Return();
        }
    }

    private EntryLayout WriteEntry(in EntryLayout source)
    {
        var target = source;
        target.Id = WriteName(EntryMember.Id, source.Id);
        _text.Append(EntryMembers.PrefixOf(EntryMember.Timestamp));
        _text.Append(source.Timestamp);
        _text.Append(EntryMembers.PrefixOf(EntryMember.EntryType));
        _text.Append(EntryMembers.SpellingOf(source.EntryType));
        target.Data = WriteJson(EntryMember.Data, source.Data);
        target.TraceId = WriteOptionalName(EntryMember.TraceId, source.TraceId);
        target.ParentId = WriteOptionalName(EntryMember.ParentId, source.ParentId);
        if (!source.Metadata.IsAbsent)
            target.Metadata = WriteJson(EntryMember.Metadata, source.Metadata);
        _text.Append((byte)'}');
        return target;
    }

    private ByteRange WriteOptionalName(EntryMember member, ByteRange source)
    {
        if (source.IsAbsent)
            return default;

        var target = WriteName(member, source);
        _text.Append((byte)'"');
        return target;
    }

    private ByteRange WriteName(EntryMember member, ByteRange source)
    {
        _text.Append(EntryMembers.PrefixOf(member));
        var start = _text.Length;
        var raw = source.Of(_utf8);
        _text.AppendText(raw, raw.Contains((byte)'\\'));
        return new ByteRange(start, _text.Length - start);
    }

    private ByteRange WriteJson(EntryMember member, ByteRange source)
    {
        _text.Append(EntryMembers.PrefixOf(member));
        var start = _text.Length;
        _field = EntryMembers.NameOf(member);
        var json = new Utf8JsonReader(source.Of(_utf8), new JsonReaderOptions { MaxDepth = EntryLimits.MaxDepth });
        json.Read();
        WriteValue(ref json);
        return new ByteRange(start, _text.Length - start);
    }

    private void WriteValue(ref Utf8JsonReader json)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.StartObject:
                WriteObject(ref json);
                break;
            case JsonTokenType.StartArray:
                WriteArray(ref json);
                break;
            case JsonTokenType.String:
                _text.AppendQuoted(json.ValueSpan, json.ValueIsEscaped);
                break;
            default:
                _text.Append(json.ValueSpan);
                break;
        }
    }

    private void WriteArray(ref Utf8JsonReader json)
    {
        _text.Append((byte)'[');
        for (var isFirst = true; json.Read() && json.TokenType != JsonTokenType.EndArray; isFirst = false)
        {
            if (!isFirst)
                _text.Append((byte)',');
            WriteValue(ref json);
        }

        _text.Append((byte)']');
    }

    private void WriteObject(ref Utf8JsonReader json)
    {
        _text.Append((byte)'{');
        var (first, start) = (_members.Count, _text.Length);
        var ascends = true;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (_members.Count > first)
                _text.Append((byte)',');
            ascends &= _members.Push(first, WriteMember(ref json));
        }

        if (!ascends)
            _text.Rearrange(start, _members.Sort(first, _field));
        _members.Close(first);
        _text.Append((byte)'}');
    }

    private MemberRange WriteMember(ref Utf8JsonReader json)
    {
        var name = _members.Remember(json.ValueSpan, json.ValueIsEscaped);
        var start = _text.Length;
        _text.AppendQuoted(json.ValueSpan, json.ValueIsEscaped);
        _text.Append((byte)':');
        json.Read();
        WriteValue(ref json);
        return new MemberRange(name, new ByteRange(start, _text.Length - start));
    }

    private readonly void Return()
    {
        _text.Return();
        _members.Return();
    }
}
