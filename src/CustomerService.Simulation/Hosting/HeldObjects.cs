using System.Buffers.Binary;

namespace CustomerService.Simulation.Hosting;

/// <summary>
/// Keeps objects where a store expects bytes: what is "written" is the number under which the object is held. It saves the JSON of
/// every turn, which is most of a turn's cost, in a store that never leaves memory anyway.
/// </summary>
internal sealed class HeldObjects
{
    private readonly List<object?> _slots = [];
    private readonly Stack<int> _free = new();

    /// <summary>How many objects are held now.</summary>
    public int Count => _slots.Count - _free.Count;

    public byte[] Hold(object value)
    {
        if (_free.TryPop(out var slot))
        {
            _slots[slot] = value;
        }
        else
        {
            slot = _slots.Count;
            _slots.Add(value);
        }

        var number = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(number, slot);
        return number;
    }

    /// <exception cref="InvalidOperationException">It was let go before.</exception>
    public object Get(ReadOnlySpan<byte> number) =>
        _slots[BinaryPrimitives.ReadInt32LittleEndian(number)] ?? throw new InvalidOperationException("This object was let go.");

    /// <summary>Forgets an object that nothing stored refers to any more.</summary>
    public void LetGo(ReadOnlySpan<byte> number)
    {
        var slot = BinaryPrimitives.ReadInt32LittleEndian(number);
        _slots[slot] = null;
        _free.Push(slot);
    }
}
