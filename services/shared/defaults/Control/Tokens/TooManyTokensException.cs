namespace Causality.ServiceDefaults.Control.Tokens;

/// <summary>There are as many tokens as there may be.</summary>
internal sealed class TooManyTokensException() : Exception($"There are {TokenStore.MaxTokens} tokens, which is the most; those that have been revoked for a month make room.");
