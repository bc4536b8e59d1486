using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace Causality.Core;

/// <summary>Rewrites a checked entry into its canonical bytes.</summary>
/// <remarks>
/// Canonical bytes are never longer than the entry they come from: every rule drops white space, shortens an escape or turns a
/// time into digits. So each buffer is rented once, at the length of the input.
/// </remarks>
internal ref struct CanonicalWriter
{
    private readonly byte[] _output;
    private readonly byte[] _names;
    private readonly byte[] _scratch;
    private MemberRange[] _members;
    private int _length;
    private int _namesLength;
    private int _memberCount;
    private string _field;

    private CanonicalWriter(int capacity)
    {
        _output = ArrayPool<byte>.Shared.Rent(capacity);
        _names = ArrayPool<byte>.Shared.Rent(capacity);
        _scratch = ArrayPool<byte>.Shared.Rent(capacity);
        _members = ArrayPool<MemberRange>.Shared.Rent(32);
        _field = "";
    }

    /// <summary>The canonical bytes in a new array, and where its members are.</summary>
    /// <exception cref="InvalidEntryException">A name is repeated in a nested object.</exception>
    public static byte[] Write(ReadOnlySpan<byte> utf8, in EntryLayout source, out EntryLayout target)
    {
        var writer = new CanonicalWriter(utf8.Length);
        try
        {
            target = writer.WriteEntry(utf8, source);
            return writer._output.AsSpan(0, writer._length).ToArray();
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
        var writer = new CanonicalWriter(utf8.Length);
        try
        {
            writer.WriteEntry(utf8, source);
        }
        finally
        {
            writer.Return();
        }
    }

    private EntryLayout WriteEntry(ReadOnlySpan<byte> utf8, in EntryLayout source)
    {
        var target = source;
        target.Id = AppendName(EntryMember.Id, source.Id.Of(utf8));
        Append(EntryMembers.PrefixOf(EntryMember.Timestamp));
        Utf8Formatter.TryFormat(source.Timestamp, _output.AsSpan(_length), out var digits);
        _length += digits;
        Append(EntryMembers.PrefixOf(EntryMember.EntryType));
        Append(EntryMembers.SpellingOf(source.EntryType));
        target.Data = AppendJson(EntryMember.Data, source.Data.Of(utf8));
        target.TraceId = AppendOptionalName(EntryMember.TraceId, source.TraceId.Of(utf8));
        target.ParentId = AppendOptionalName(EntryMember.ParentId, source.ParentId.Of(utf8));
        if (!source.Metadata.IsAbsent)
            target.Metadata = AppendJson(EntryMember.Metadata, source.Metadata.Of(utf8));
        Append((byte)'}');
        return target;
    }

    private ByteRange AppendOptionalName(EntryMember member, ReadOnlySpan<byte> raw)
    {
        if (raw.IsEmpty)
            return default;

        var range = AppendName(member, raw);
        Append((byte)'"');
        return range;
    }

    private ByteRange AppendName(EntryMember member, ReadOnlySpan<byte> raw)
    {
        Append(EntryMembers.PrefixOf(member));
        var start = _length;
        AppendText(raw, raw.Contains((byte)'\\'));
        return new ByteRange(start, _length - start);
    }

    private ByteRange AppendJson(EntryMember member, ReadOnlySpan<byte> json)
    {
        Append(EntryMembers.PrefixOf(member));
        var start = _length;
        _field = EntryMembers.NameOf(member);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = EntryLimits.MaxDepth });
        reader.Read();
        AppendValue(ref reader);
        return new ByteRange(start, _length - start);
    }

    private void AppendValue(ref Utf8JsonReader json)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.StartObject:
                AppendObject(ref json);
                break;
            case JsonTokenType.StartArray:
                AppendArray(ref json);
                break;
            case JsonTokenType.String:
                AppendQuoted(json.ValueSpan, json.ValueIsEscaped);
                break;
            default:
                Append(json.ValueSpan);
                break;
        }
    }

    private void AppendArray(ref Utf8JsonReader json)
    {
        Append((byte)'[');
        for (var isFirst = true; json.Read() && json.TokenType != JsonTokenType.EndArray; isFirst = false)
        {
            if (!isFirst)
                Append((byte)',');
            AppendValue(ref json);
        }

        Append((byte)']');
    }

    private void AppendObject(ref Utf8JsonReader json)
    {
        Append((byte)'{');
        var (firstMember, firstName, start) = (_memberCount, _namesLength, _length);
        var ascending = true;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (_memberCount > firstMember)
                Append((byte)',');
            var member = AppendMember(ref json);
            ascending = ascending && (_memberCount == firstMember || Order().Compare(_members[_memberCount - 1], member) < 0);
            Push(member);
        }

        if (!ascending)
            Sort(_members.AsSpan(firstMember, _memberCount - firstMember), start);
        (_memberCount, _namesLength) = (firstMember, firstName);
        Append((byte)'}');
    }

    private MemberRange AppendMember(ref Utf8JsonReader json)
    {
        var raw = json.ValueSpan;
        var isEscaped = json.ValueIsEscaped;
        var name = isEscaped ? JsonEscapes.Decode(raw, _names.AsSpan(_namesLength)) : Copy(raw, _names.AsSpan(_namesLength));
        var nameRange = new ByteRange(_namesLength, name.Length);
        _namesLength += name.Length;

        var start = _length;
        AppendQuoted(raw, isEscaped);
        Append((byte)':');
        json.Read();
        AppendValue(ref json);
        return new MemberRange(nameRange, new ByteRange(start, _length - start));
    }

    private readonly void Sort(Span<MemberRange> members, int start)
    {
        members.Sort(Order());
        for (var index = 1; index < members.Length; index++)
        {
            if (Order().Compare(members[index - 1], members[index]) == 0)
                throw Repeated(members[index].Name);
        }

        var unsorted = _scratch.AsSpan(0, _length - start);
        _output.AsSpan(start, unsorted.Length).CopyTo(unsorted);
        var at = start;
        foreach (var member in members)
        {
            if (at > start)
                _output[at++] = (byte)',';
            unsorted.Slice(member.Text.Start - start, member.Text.Length).CopyTo(_output.AsSpan(at));
            at += member.Text.Length;
        }
    }

    private readonly InvalidEntryException Repeated(ByteRange name) =>
        new(_field, $"holds an object in which '{Printable.Shorten(System.Text.Encoding.UTF8.GetString(name.Of(_names)))}' appears twice; write it once.");

    private readonly MemberOrder Order() => new(_names);

    private void Push(MemberRange member)
    {
        if (_memberCount == _members.Length)
        {
            var larger = ArrayPool<MemberRange>.Shared.Rent(_memberCount * 2);
            _members.CopyTo(larger, 0);
            ArrayPool<MemberRange>.Shared.Return(_members);
            _members = larger;
        }

        _members[_memberCount++] = member;
    }

    private void AppendQuoted(ReadOnlySpan<byte> raw, bool isEscaped)
    {
        Append((byte)'"');
        AppendText(raw, isEscaped);
        Append((byte)'"');
    }

    private void AppendText(ReadOnlySpan<byte> raw, bool isEscaped)
    {
        if (!isEscaped)
        {
            Append(raw);
            return;
        }

        foreach (var character in JsonEscapes.Decode(raw, _scratch))
            _length += JsonEscapes.Write(character, _output.AsSpan(_length));
    }

    private void Append(byte character) => _output[_length++] = character;

    private void Append(ReadOnlySpan<byte> bytes) => _length += Copy(bytes, _output.AsSpan(_length)).Length;

    private static Span<byte> Copy(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        source.CopyTo(destination);
        return destination[..source.Length];
    }

    private readonly void Return()
    {
        ArrayPool<byte>.Shared.Return(_output);
        ArrayPool<byte>.Shared.Return(_names);
        ArrayPool<byte>.Shared.Return(_scratch);
        ArrayPool<MemberRange>.Shared.Return(_members);
    }
}
