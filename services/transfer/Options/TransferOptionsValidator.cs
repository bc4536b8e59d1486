using Microsoft.Extensions.Options;

namespace Causality.Transfer.Options;

internal sealed class TransferOptionsValidator : IValidateOptions<TransferOptions>
{
    private const int MaxStreams = 8;

    public ValidateOptionsResult Validate(string? name, TransferOptions options) => options.Streams is < 1 or > MaxStreams
        ? ValidateOptionsResult.Fail($"{TransferOptions.Section}:{nameof(TransferOptions.Streams)} is {options.Streams}; it must be from 1 to {MaxStreams}.")
        : ValidateOptionsResult.Success;
}
