using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerService.Grains.Journal;
using CustomerService.Runtime.Turns;

namespace CustomerService.Simulation.Hosting;

/// <summary>A whole journal in one word: two runs with the same word were the same, event for event and byte for byte.</summary>
public static class JournalHash
{
    /// <exception cref="InvalidOperationException">The host keeps no journal.</exception>
    public static string Of(SimulatedHost host)
    {
        if (!host.KeepsJournal)
            throw new InvalidOperationException($"The journal is not kept; see {nameof(SimulationSettings)}.{nameof(SimulationSettings.KeepsJournal)}.");

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var entries = AtOnce.Of(host.Journal.ReadAllAsync(0, int.MaxValue));
        foreach (var entry in entries)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{entry.Position} {entry.Grain} {entry.Sequence} {entry.At:O} ")));
            hash.AppendData(GrainFormat.Default.Write(entry.Event));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }
}
