using Causality.Core;

namespace Causality.Storage.Blobs.S3;

/// <summary>Contents that were read lately, in bounded memory; the ones not asked for longest go first. Contents never change, so none is ever wrong.</summary>
internal sealed class ContentCache(long capacityBytes)
{
    private readonly Dictionary<ContentHash, LinkedListNode<(ContentHash Hash, byte[] Content)>> _known = [];
    private readonly LinkedList<(ContentHash Hash, byte[] Content)> _order = [];
    private readonly Lock _lock = new();
    private long _size;

    public byte[]? Find(ContentHash hash)
    {
        lock (_lock)
        {
            if (!_known.TryGetValue(hash, out var node))
                return null;
            _order.Remove(node);
            _order.AddFirst(node);
            return node.Value.Content;
        }
    }

    public void Add(ContentHash hash, byte[] content)
    {
        lock (_lock)
        {
            if (content.Length > capacityBytes || _known.ContainsKey(hash))
                return;
            _known[hash] = _order.AddFirst((hash, content));
            for (_size += content.Length; _size > capacityBytes;)
                Drop(_order.Last!);
        }
    }

    public void Remove(ContentHash hash)
    {
        lock (_lock)
        {
            if (_known.TryGetValue(hash, out var node))
                Drop(node);
        }
    }

    private void Drop(LinkedListNode<(ContentHash Hash, byte[] Content)> node)
    {
        _order.Remove(node);
        _known.Remove(node.Value.Hash);
        _size -= node.Value.Content.Length;
    }
}
