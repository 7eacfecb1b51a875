using System.Globalization;
using System.Text;

namespace CustomerService.Silo.Crm;

/// <summary>How far in the journal a feed has come, kept in a file.</summary>
internal sealed class FeedPosition : IFeedPosition
{
    private readonly string _path;
    private long _value;
    private long _kept;

    private FeedPosition(string path, long value) => (_path, _value, _kept) = (path, value, value);

    public long Value => Interlocked.Read(ref _value);

    /// <summary>As it was kept; the journal's beginning where there is no file, so that nothing logged is missed.</summary>
    /// <exception cref="InvalidDataException">The file holds something else; the message names it and the fix.</exception>
    public static FeedPosition Open(string path)
    {
        if (!File.Exists(path))
            return new FeedPosition(path, 0);
        var text = File.ReadAllText(path).Trim();
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? new FeedPosition(path, value)
            : throw new InvalidDataException($"{path}, line 1: this is no position in the journal. Write the number that was last there, or delete the file to send everything again (under the same keys).");
    }

    /// <summary>Nothing to do: nobody else moves a file of this folder.</summary>
    public ValueTask LoadAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>In a store of one process positions have no gaps.</summary>
    public long Behind(long newest) => Math.Max(0, newest - Value);

    public ValueTask CountAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    public void MoveTo(long position) => Interlocked.Exchange(ref _value, position);

    /// <summary>Writes it, whole or not at all.</summary>
    /// <exception cref="IOException">It can't be written now.</exception>
    public ValueTask KeepAsync(CancellationToken cancellation)
    {
        var value = Value;
        if (value == _kept)
            return ValueTask.CompletedTask;
        var fresh = _path + ".new";
        using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write))
        {
            file.Write(Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture) + "\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, _path, overwrite: true);
        _kept = value;
        return ValueTask.CompletedTask;
    }
}
