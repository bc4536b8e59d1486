using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Causality.Standalone.Input;

namespace Causality.Standalone.Commands.Dlq;

/// <summary>One JSON line per message that was moved or removed, written before the dead letter is given up.</summary>
internal sealed class AuditTrail : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private readonly TextWriter _lines;
    private readonly bool _isOurs;

    private AuditTrail(TextWriter lines, bool isOurs) => (_lines, _isOurs) = (lines, isOurs);

    /// <summary>To the end of a file, or to standard error.</summary>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static AuditTrail Open(string? file)
    {
        if (file is null)
            return new AuditTrail(Console.Error, false);
        try
        {
            return new AuditTrail(new StreamWriter(file, true, new UTF8Encoding(false)) { AutoFlush = true }, true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--audit {file} cannot be written: {exception.Message}", exception);
        }
    }

    /// <summary>Writes a line.</summary>
    /// <param name="action"><c>redrive</c> or <c>discard</c>.</param>
    /// <param name="queue">Where the message was.</param>
    /// <param name="target">Where it went; null if nowhere.</param>
    /// <param name="letter">The message.</param>
    public void Write(string action, string queue, string? target, DeadLetter letter) => _lines.WriteLine(JsonSerializer.Serialize(new
    {
        At = DateTimeOffset.UtcNow,
        By = Environment.UserName,
        Action = action,
        Queue = queue,
        Target = target,
        MessageId = letter.Id,
        Reason = letter.Reason.Kind,
        Bytes = letter.Body.Length,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(letter.Body.Span)),
    }, Json));

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isOurs)
            _lines.Dispose();
    }
}
