using Causality.Core;
using Microsoft.Extensions.Options;

namespace Causality.Protocol.Identity;

internal sealed class OperatorOptionsValidator : IValidateOptions<OperatorOptions>
{
    public ValidateOptionsResult Validate(string? name, OperatorOptions options) =>
        OperatorId.IsValid(options.Id)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{OperatorOptions.Section}:{nameof(OperatorOptions.Id)} is '{Printable.Shorten(options.Id)}': set it to 1 to {OperatorId.MaxLength} characters of "
                + "lower-case letters, digits and '-', beginning with a letter or digit.");
}
