namespace Causality.Transfer.Options;

/// <summary>How transfer moves segments. Configuration section <c>Transfer</c>.</summary>
public sealed class TransferOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Transfer";

    /// <summary>Requests to one peer at a time within one sync: while one answer is checked, another one comes in.</summary>
    /// <value>Default 2; 1 to 8.</value>
    public int Streams { get; set; } = 2;

    /// <summary>Let peers send compressed contents.</summary>
    /// <value>Default true.</value>
    public bool Compressed { get; set; } = true;
}
