namespace Causality.Observability.Tests.Alerts;

/// <summary>Says which alert each fixture proves, so that none is left without a proof.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ProvesAttribute(params string[] alerts) : Attribute
{
    /// <summary>The alerts that the test makes fire.</summary>
    public IReadOnlyList<string> Alerts { get; } = alerts;
}
