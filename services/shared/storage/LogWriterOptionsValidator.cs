using Causality.Core;
using Causality.Storage.Log;
using Microsoft.Extensions.Options;

namespace Causality.Storage;

/// <summary>Checks <see cref="LogWriterOptions"/> and names every fault at once.</summary>
internal sealed class LogWriterOptionsValidator : IValidateOptions<LogWriterOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, LogWriterOptions options)
    {
        var faults = new List<string>();
        if (!OperatorId.IsValid(options.Operator))
            faults.Add($"{LogWriterOptions.Section}:{nameof(options.Operator)} '{Printable.Shorten(options.Operator)}' is not an operator id: 1 to {OperatorId.MaxLength} lower-case letters, digits and '-'.");
        Check(nameof(options.PublishDelay), options.PublishDelay, TimeSpan.Zero, TimeSpan.FromHours(1), faults);
        Check(nameof(options.OrphanGrace), options.OrphanGrace, TimeSpan.FromMinutes(1), TimeSpan.FromDays(365), faults);
        Check(nameof(options.SupersededGrace), options.SupersededGrace, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), faults);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void Check(string member, TimeSpan value, TimeSpan least, TimeSpan most, List<string> faults)
    {
        if (value < least || value > most)
            faults.Add($"{LogWriterOptions.Section}:{member} {value} is not between {least} and {most}.");
    }
}
