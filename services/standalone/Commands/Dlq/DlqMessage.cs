namespace Causality.Standalone.Commands.Dlq;

/// <summary>A dead letter as it is shown: bounded and printable.</summary>
internal sealed record DlqMessage(string? Id, string? ContentType, DeadLetterReason Reason, IReadOnlyDictionary<string, string> Headers, int Bytes, string Body)
{
    private const int MaxBodyBytes = 4_096;
    private const int MaxHeaderLength = 2_000;
    private const int MaxHeaders = 100;

    public static DlqMessage Of(DeadLetter letter) => new(
        letter.Id is { } id ? AmqpText.Printable(id, 256) : null,
        letter.Properties.ContentType is { } type ? AmqpText.Printable(type, 256) : null,
        letter.Reason,
        letter.Headers.OrderBy(header => header.Key, StringComparer.Ordinal).Take(MaxHeaders).ToDictionary(header => AmqpText.Printable(header.Key, 256), header => AmqpText.Printable(header.Value, MaxHeaderLength)),
        letter.Body.Length,
        AmqpText.OfBody(letter.Body.Span, MaxBodyBytes));
}
