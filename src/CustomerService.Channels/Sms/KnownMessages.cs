namespace CustomerService.Channels.Sms;

/// <summary>
/// Which of our messages the last ones at Twilio are. So when the same words are sent twice and the second sending breaks off, the first is not taken for it.
/// It is kept in memory only: after a restart two equal answers to one message can't be told apart, and the second counts as sent.
/// </summary>
internal sealed class KnownMessages
{
    private const int Most = 4_096;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _messageIds = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldest = new();

    public void Add(IEnumerable<string> sids, string messageId)
    {
        lock (_gate)
        {
            foreach (var sid in sids)
            {
                if (!_messageIds.TryAdd(sid, messageId))
                    continue;
                _oldest.Enqueue(sid);
                if (_oldest.Count > Most)
                    _messageIds.Remove(_oldest.Dequeue());
            }
        }
    }

    public bool IsOfAnother(string sid, string messageId)
    {
        lock (_gate)
            return _messageIds.TryGetValue(sid, out var owner) && owner != messageId;
    }
}
