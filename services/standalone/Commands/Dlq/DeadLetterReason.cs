using System.Globalization;
using RabbitMQ.Client;

namespace Causality.Standalone.Commands.Dlq;

/// <summary>Why a message is a dead letter.</summary>
/// <param name="Kind">The exception's type, <c>delivery_limit</c> or another reason of the broker's, <c>skipped</c>, or <c>unknown</c>.</param>
/// <param name="Message">The exception's message, or what the kind means.</param>
/// <param name="Source">The consumer or queue that gave it up; null if nothing tells.</param>
/// <param name="At">When, UTC; null if nothing tells.</param>
internal sealed record DeadLetterReason(string Kind, string Message, string? Source, DateTimeOffset? At)
{
    private const int MaxLength = 500;

    /// <summary>Reads MassTransit's fault headers, else the broker's.</summary>
    public static DeadLetterReason Of(DeadLetter letter)
    {
        var headers = letter.Headers;
        var at = Time(headers.GetValueOrDefault("MT-Fault-Timestamp")) ?? DeathTime(letter.Properties) ?? Sent(letter.Properties);
        if (headers.TryGetValue("MT-Fault-ExceptionType", out var exception))
            return new(Short(exception), Short(headers.GetValueOrDefault("MT-Fault-Message", "")), SourceOf(headers, "MT-Fault-ConsumerType", "MT-Fault-InputAddress"), at);
        if (headers.TryGetValue("x-first-death-reason", out var death))
            return new(Short(death), death == "delivery_limit" ? "Its consumers did not live to acknowledge it." : "The broker gave it up.", SourceOf(headers, "x-first-death-queue"), at);
        return headers.TryGetValue("MT-Reason", out var moved) && moved == "dead-letter"
            ? new("skipped", "Nobody on the endpoint handles a message of this type.", null, at)
            : new("unknown", "Nothing on the message tells.", null, at);
    }

    private static string? SourceOf(IReadOnlyDictionary<string, string> headers, params string[] names) =>
        names.Select(name => headers.GetValueOrDefault(name)).FirstOrDefault(value => !string.IsNullOrEmpty(value)) is { } found ? Short(found) : null;

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    private static DateTimeOffset? DeathTime(IReadOnlyBasicProperties properties) =>
        properties.Headers?.TryGetValue("x-death", out var deaths) == true && deaths is IList<object?> { Count: > 0 } list
        && list[0] is IDictionary<string, object?> death && death.TryGetValue("time", out var time) && time is AmqpTimestamp stamp
            ? DateTimeOffset.FromUnixTimeSeconds(stamp.UnixTime)
            : null;

    private static DateTimeOffset? Sent(IReadOnlyBasicProperties properties) =>
        properties.IsTimestampPresent() && properties.Timestamp.UnixTime > 0 ? DateTimeOffset.FromUnixTimeSeconds(properties.Timestamp.UnixTime) : null;

    private static string Short(string text) => AmqpText.Printable(text, MaxLength).ReplaceLineEndings(" ");
}
