using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace CustomerService.Language;

/// <summary>Reads a model file's parts in order; running past the end is the error of a damaged file. As all of .NET's usual platforms, little-endian.</summary>
internal ref struct LittleEndianReader(ReadOnlySpan<byte> bytes, string name)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public static InvalidDataException Damaged(string name) =>
        new($"{name}: the model file is damaged or incomplete. Restore it from a copy, or train it again.");

    public ReadOnlySpan<byte> Bytes(long count)
    {
        if ((ulong)count > (ulong)_rest.Length)
            throw Damaged(name);
        var taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }

    public T One<T>() where T : unmanaged => MemoryMarshal.Read<T>(Bytes(Unsafe.SizeOf<T>()));

    public T[] Many<T>(int count) where T : unmanaged => MemoryMarshal.Cast<byte, T>(Bytes((long)count * Unsafe.SizeOf<T>())).ToArray();

    public float[] Halves(int count)
    {
        var halves = MemoryMarshal.Cast<byte, Half>(Bytes(2L * count));
        var values = new float[count];
        for (var i = 0; i < count; i++)
            values[i] = (float)halves[i];
        return values;
    }

    /// <summary>UTF-8 with its length before it, seven bits a byte, as <see cref="BinaryWriter"/> writes it.</summary>
    public string String()
    {
        var (length, shift) = (0, 0);
        byte part;
        do
        {
            part = Bytes(1)[0];
            length |= (part & 0x7F) << shift;
            shift += 7;
        }
        while (part >= 0x80 && shift < 28);
        return Encoding.UTF8.GetString(Bytes(length));
    }
}
