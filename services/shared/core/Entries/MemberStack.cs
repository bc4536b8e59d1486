using System.Buffers;
using System.Text;

namespace Causality.Core;

/// <summary>The members of all objects that are open while <see cref="CanonicalWriter"/> works, the innermost on top.</summary>
internal struct MemberStack(int capacity)
{
    private const int UsualMembers = 32;

    // Names lie here decoded, because the order of escaped names is not the order of the names.
    private readonly byte[] _names = ArrayPool<byte>.Shared.Rent(capacity);
    private MemberRange[] _members = ArrayPool<MemberRange>.Shared.Rent(UsualMembers);
    private int _namesLength;

    public int Count { get; private set; }

    /// <summary>Keeps a name until its object is closed.</summary>
    public ByteRange Remember(ReadOnlySpan<byte> raw, bool isEscaped)
    {
        var free = _names.AsSpan(_namesLength);
        var length = raw.Length;
        if (isEscaped)
            length = JsonEscapes.Decode(raw, free).Length;
        else
            raw.CopyTo(free);

        var name = new ByteRange(_namesLength, length);
        _namesLength += length;
        return name;
    }

    /// <summary>Adds a member of the innermost object.</summary>
    /// <param name="first">Where that object's members begin.</param>
    /// <param name="member">The member.</param>
    /// <returns>False when its name is not above the one before it.</returns>
    public bool Push(int first, MemberRange member)
    {
        var ascends = Count == first || Order.Compare(_members[Count - 1], member) < 0;
        if (Count == _members.Length)
            Grow();
        _members[Count++] = member;
        return ascends;
    }

    /// <summary>The members of the innermost object by name.</summary>
    /// <param name="first">Where they begin.</param>
    /// <param name="field">The entry's member that holds the object, for the error.</param>
    /// <exception cref="InvalidEntryException">A name is there twice.</exception>
    public readonly ReadOnlySpan<MemberRange> Sort(int first, string field)
    {
        var members = _members.AsSpan(first, Count - first);
        members.Sort(Order);
        for (var index = 1; index < members.Length; index++)
        {
            if (Order.Compare(members[index - 1], members[index]) == 0)
                throw new InvalidEntryException(field, $"holds an object in which '{TextOf(members[index].Name)}' appears twice; write it once.");
        }

        return members;
    }

    /// <summary>Forgets the members of the innermost object.</summary>
    public void Close(int first)
    {
        if (Count > first)
            _namesLength = _members[first].Name.Start;
        Count = first;
    }

    public readonly void Return()
    {
        ArrayPool<byte>.Shared.Return(_names);
        ArrayPool<MemberRange>.Shared.Return(_members);
    }

    private readonly MemberOrder Order => new(_names);

    private readonly string TextOf(ByteRange name) => Printable.Shorten(Encoding.UTF8.GetString(name.Of(_names)));

    private void Grow()
    {
        var larger = ArrayPool<MemberRange>.Shared.Rent(_members.Length * 2);
        _members.CopyTo(larger, 0);
        ArrayPool<MemberRange>.Shared.Return(_members);
        _members = larger;
    }
}
