namespace Causality.Messaging.Tests.Sample;

/// <summary>What a consumer did; twice done is two rows.</summary>
internal sealed class Effect
{
    public long Id { get; set; }

    public string Text { get; set; } = "";
}
