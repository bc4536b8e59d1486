namespace Causality.Core;

/// <summary>Walks over the union of two ascending lists of rows in order; a row in both appears once.</summary>
internal struct RowMerge(SegmentRow[] left, SegmentRow[] right)
{
    private int _left;
    private int _right;

    /// <summary>The next row and whether it comes from the right list alone; false at the end.</summary>
    public bool Next(out SegmentRow row, out bool isRight)
    {
        var order = Compare();
        isRight = order > 0;
        row = default;
        if (_left == left.Length && _right == right.Length)
            return false;

        row = isRight ? right[_right] : left[_left];
        if (order <= 0)
            _left++;
        if (order >= 0)
            _right++;
        return true;
    }

    private readonly int Compare()
    {
        if (_left == left.Length)
            return 1;

        return _right == right.Length ? -1 : left[_left].Key.CompareTo(right[_right].Key);
    }
}
