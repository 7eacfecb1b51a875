using System.IO.MemoryMappedFiles;
using System.Text;

namespace CustomerService.Fuzz.Tests.Fuzzing;

/// <summary>Which input is being tried, in memory that outlives the process: one that uses up the stack ends it without a word.</summary>
internal sealed class Trail : IAsyncDisposable
{
    private const int Longest = 200;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte[] _note = new byte[Longest];

    private Trail(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, Longest);
        _view = _file.CreateViewAccessor();
        _view.ReadArray(0, _note, 0, Longest);
        Left = Encoding.ASCII.GetString(_note).TrimEnd('\0') is { Length: > 0 } left ? left : null;
    }

    /// <summary>The input at which the run before ended, as the command line names it; null: it came to its end.</summary>
    public string? Left { get; }

    public static Trail Open() => new(Path.Combine(Path.GetTempPath(), "customerservice-fuzz-trail"));

    public void Note(string target, int seed, int number) => Write($"{target} --seed {seed} --only {number}");

    public void End() => Write("");

    public ValueTask DisposeAsync()
    {
        _view.Dispose();
        _file.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Write(string note)
    {
        Array.Clear(_note);
        Encoding.ASCII.GetBytes(note, _note);
        _view.WriteArray(0, _note, 0, Longest);
    }
}
