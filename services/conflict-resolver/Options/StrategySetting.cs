using Causality.Core;

namespace Causality.ConflictResolver.Options;

/// <summary>Which strategy decides.</summary>
public class StrategySetting
{
    /// <summary>The strategy.</summary>
    /// <value>Default <see cref="ConflictStrategy.LatestWins"/>.</value>
    public ConflictStrategy Strategy { get; set; } = ConflictStrategy.LatestWins;

    /// <summary>With <see cref="ConflictStrategy.Custom"/>: the name of an <see cref="IConflictStrategy"/>, or <c>message</c>, or <c>person</c>. Otherwise null.</summary>
    public string? Custom { get; set; }
}
