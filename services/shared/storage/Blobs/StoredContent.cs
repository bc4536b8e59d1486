using Causality.Core;

namespace Causality.Storage.Blobs;

/// <summary>A content in the store.</summary>
/// <param name="Hash">Its hash.</param>
/// <param name="SizeBytes">What it takes in the store.</param>
/// <param name="StoredAt">When it was stored, UTC.</param>
public readonly record struct StoredContent(ContentHash Hash, long SizeBytes, DateTimeOffset StoredAt);
