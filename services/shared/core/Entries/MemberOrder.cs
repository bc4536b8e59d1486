namespace Causality.Core;

/// <summary>Orders members by name.</summary>
/// <param name="Names">The buffer that the names are ranges of.</param>
internal readonly record struct MemberOrder(byte[] Names) : IComparer<MemberRange>
{
    public int Compare(MemberRange x, MemberRange y) => Utf16Order.Compare(x.Name.Of(Names), y.Name.Of(Names));
}
