using Microsoft.Extensions.Options;

namespace Causality.Protocol.Server.Listeners;

internal sealed class HttpOptionsValidator : IValidateOptions<HttpOptions>
{
    public ValidateOptionsResult Validate(string? name, HttpOptions options) =>
        ListenAddress.TryParse(options.Url, "http", out _)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(ListenAddress.Explain(options.Url, "http", "Http:Url"));
}
