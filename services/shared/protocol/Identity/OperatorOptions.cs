namespace Causality.Protocol.Identity;

/// <summary>Who this operator is. Configuration section <c>Operator</c>.</summary>
public sealed class OperatorOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Operator";

    /// <summary>The operator id, by which peers know us and which stands in every segment that we write.</summary>
    /// <value>Required; <c>[a-z0-9][a-z0-9-]{0,62}</c>. Never changes for a data folder.</value>
    public string Id { get; set; } = "";
}
