namespace Causality.Protocol.Identity;

/// <summary>The keys of an operator at one moment.</summary>
/// <param name="OperatorId">The operator.</param>
/// <param name="Pin">Pin of the key in use.</param>
/// <param name="ExpiresAt">When its certificate ends; renewed by itself, with the same key, at the first start in the last half year.</param>
/// <param name="NextPin">Pin of the key that a rotation has made and that is not in use yet; null when there is none.</param>
/// <param name="NextSince">When it was made.</param>
/// <param name="PreviousPin">Pin of the key before, kept to go back to; null when there is none.</param>
/// <param name="PreviousSince">When it was put aside.</param>
public sealed record IdentityState(
    string OperatorId, string Pin, DateTimeOffset ExpiresAt, string? NextPin, DateTimeOffset? NextSince, string? PreviousPin, DateTimeOffset? PreviousSince);
