namespace CustomerService.Simulation.Hosting;

/// <summary>What is to happen when, in virtual time. What is due at the same time comes in the order that the lot decides.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<Action, Place> _waiting = new();
    private long _added;

    public int Count => _waiting.Count;

    /// <param name="at">Ticks since the start.</param>
    /// <param name="lot">Among what is due at the same time, the lower comes first; then what was added first.</param>
    public void Add(long at, uint lot, Action action) => _waiting.Enqueue(action, new Place(at, lot, _added++));

    /// <returns>False when nothing is due until then.</returns>
    public bool TryTake(long until, out long at, out Action action)
    {
        if (_waiting.TryPeek(out action!, out var place) && place.At <= until)
        {
            _waiting.Dequeue();
            at = place.At;
            return true;
        }

        at = 0;
        return false;
    }

    private readonly record struct Place(long At, uint Lot, long Order) : IComparable<Place>
    {
        public int CompareTo(Place other) =>
            At != other.At ? At.CompareTo(other.At) : Lot != other.Lot ? Lot.CompareTo(other.Lot) : Order.CompareTo(other.Order);
    }
}
