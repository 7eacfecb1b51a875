using System.Collections.Immutable;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Queues.Matching;
using CustomerService.Grains.Turns;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerService.Grains.Tests.Queues.Matching;

/// <summary>
/// The floor against <see cref="NaiveFloor"/>: whatever is put and removed, in whatever order, from the newest version or from an old one, both
/// answer every question alike, at instants that run forward and sometimes back.
/// </summary>
public sealed class FloorModelTests
{
    private const int VersionsKept = 12;
    private const int Conversations = 12;
    private const int Agents = 9;

    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] Skills = ["french", "billing", "refunds"];
    private static readonly string?[] Channels = [null, "web", "phone"];

    [Fact]
    public void EveryVersion_AnswersAsThePlainModelDoes() => Prop.ForAll<int[]>(seeds =>
    {
        var policy = Policy(new Random(seeds.FirstOrDefault()));
        var versions = new List<Version> { new(Floor.Empty(policy), NaiveFloor.Empty(policy)) };
        var now = Noon;
        for (var step = 0; step < seeds.Length; step++)
        {
            var random = DiceOf(seeds, step);
            var version = random.Next(3) > 0 ? versions[^1] : versions[random.Next(versions.Count)];
            now += TimeSpan.FromSeconds(random.Next(12) == 0 ? -random.Next(100) : random.Next(15));

            var changed = Change(version, random, step + 1, now);
            Compare(changed, now, random);
            if (versions.Count == VersionsKept)
                versions.RemoveAt(random.Next(VersionsKept - 1));
            versions.Add(changed);
            if (random.Next(3) == 0)
                Compare(versions[random.Next(versions.Count)], now.AddSeconds(random.Next(-20, 60)), random);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(100));

    /// <summary>Long enough for classes and groups to fall out of use and be forgotten.</summary>
    [Fact]
    public void LongLife_AnswersAsThePlainModelDoes()
    {
        var version = new Version(Floor.Empty(QueuePolicy.Default), NaiveFloor.Empty(QueuePolicy.Default));
        var random = new Random(20_260_302);
        for (var step = 1; step <= 2_500; step++)
        {
            var (floor, naive) = version;
            var conversation = Conversation($"c{random.Next(Conversations)}", random, step);
            var agent = Agent(random, step);
            version = new(floor.Put(conversation, Noon).Put(agent), naive.Put(conversation, Noon).Put(agent));
            if (step % 10 == 0)
                Compare(version, Noon.AddSeconds(random.Next(100)), random);
        }
    }

    [Fact]
    public void Rebuilt_AnswersAsTheOneThatGrew() => Prop.ForAll<int[]>(seeds =>
    {
        var version = new Version(Floor.Empty(QueuePolicy.Default), NaiveFloor.Empty(QueuePolicy.Default));
        for (var step = 0; step < seeds.Length; step++)
            version = Change(version, DiceOf(seeds, step), step + 1, Noon);

        var floor = Floor.Of(version.Floor.Policy, version.Floor.Head(Conversations).Reverse(), version.Floor.Agents);
        Compare(version with { Floor = floor }, Noon, new Random(seeds.Length));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithEndSize(60));

    /// <summary>A step's own dice, so that a step does much the same when others are left out of a failing run.</summary>
    private static Random DiceOf(int[] seeds, int step) => new((seeds[step] * 7919) + step);

    private static Version Change(Version version, Random random, int step, DateTimeOffset now)
    {
        var (floor, naive) = version;
        var id = $"c{random.Next(Conversations)}";
        switch (random.Next(20))
        {
            case 0:
                var policy = Policy(random);
                return new(floor.With(policy), naive.With(policy));
            case 1 or 2:
                return new(floor.Remove(id), naive.Remove(id));
            case 3:
                var gone = $"a{random.Next(Agents)}";
                return new(floor.RemoveAgent(gone), naive.RemoveAgent(gone));
            case 4 or 5 or 6 or 7:
                var agent = Agent(random, step);
                return new(floor.Put(agent), naive.Put(agent));
            case 8 or 9:
                var (relaxed, steps) = floor.Advance(now);
                var (naiveRelaxed, naiveSteps) = naive.Advance(now);
                Assert.Equal(naiveSteps.AsEnumerable(), steps);
                return new(relaxed, naiveRelaxed);
            case 10 or 11 or 12 or 13 when floor.Next(now) is { } match:
                var matched = naive.Find(match.ConversationId)!;
                matched = matched with { Pending = matched.Pending.Add(new OpenOffer(OfferIds.Of("q", step * 4), match.AgentId, now)) };
                return new(floor.Put(matched, now), naive.Put(matched, now));
            case 14 when naive.Find(id) is { Pending: [var offer, ..] } offered:
                var letGo = offered with { Pending = offered.Pending.RemoveAt(0), LetGoBy = offer.AgentId, Offers = offered.Offers + 1 };
                return new(floor.Put(letGo, now), naive.Put(letGo, now));
            default:
                var conversation = Conversation(id, random, step);
                return new(floor.Put(conversation, now), naive.Put(conversation, now));
        }
    }

    private static void Compare(Version version, DateTimeOffset now, Random random)
    {
        var (floor, naive) = version;
        Assert.Equal((naive.Count, naive.OfferCount, naive.PresentCount), (floor.Count, floor.OfferCount, floor.PresentCount));
        Assert.Equal((naive.ReadyCount, naive.FreeUnits), (floor.ReadyCount, floor.FreeUnits));
        Assert.Equal(naive.Head(Conversations), floor.Head(Conversations).AsEnumerable());
        Assert.Equal(naive.OldestSince(), floor.OldestSince());
        Assert.Equal(naive.CountOver(5), floor.CountOver(5));
        Assert.Equal(naive.NextChange(now), floor.NextChange(now));
        Assert.Equal(naive.Agents.OrderBy(agent => agent.Id), floor.Agents.OrderBy(agent => agent.Id));
        for (var number = 0; number < Agents; number++)
        {
            var id = $"a{number}";
            Assert.Equal((id, naive.BestFor(id, now)), (id, floor.BestFor(id, now)));
            Assert.Equal((naive.FindAgent(id), naive.FreeUnitsOf(id)), (floor.FindAgent(id), floor.FreeUnitsOf(id)));
        }

        for (var number = 0; number < Conversations; number++)
        {
            var id = $"c{number}";
            Assert.Equal((id, naive.BestAgent(id, now)), (id, floor.BestAgent(id, now)));
            Assert.Equal((id, naive.PlaceOf(id)), (id, floor.PlaceOf(id)));
            foreach (var offer in naive.Find(id)?.Pending ?? [])
                Assert.Equal(id, floor.FindOffer(offer.OfferId)?.ConversationId);
        }

        Assert.Equal(naive.Next(now), floor.Next(now));
        var explained = $"c{random.Next(Conversations)}";
        var there = naive.Agents.Where(agent => agent.IsThere).Select(agent => agent.Id).Order().ToList();
        var chosen = random.Next(3) > 0 ? naive.BestAgent(explained, now) : there.Count > 0 ? there[random.Next(there.Count)] : null;
        var (expected, actual) = (naive.Explain(explained, chosen, now), floor.Explain(explained, chosen, now));
        Assert.Equal(expected.Considered.AsEnumerable(), actual.Considered.Select(each => each with { Why = "" }));
        Assert.Equal((expected.Chosen, expected.Others), (actual.Chosen, actual.Others));
    }

    private static QueuePolicy Policy(Random random) => QueuePolicy.Default with
    {
        PriorityPointSeconds = random.Next(2) * 20,
        MatchThreshold = random.Next(3) * 0.5,
        AgentOrder = AgentOrders.All[random.Next(AgentOrders.All.Length)],
        OfferTo = random.Next(1, 4),
        Units = ImmutableDictionary<string, int>.Empty.Add("phone", random.Next(1, 4)),
        Relaxation = random.Next(3) == 0 ? []
            : [new(40, 1, [], false), new(random.Next(30, 90), 0, [Skills[random.Next(3)]], false), new(120, 2, [], random.Next(2) == 0)],
    };

    private static WaitingConversation Conversation(string id, Random random, int step) =>
        new(id, random.Next(4, 7), Noon.AddSeconds(10 * random.Next(-12, 3)), random.Next(3) == 0 ? [Skills[random.Next(3)]] : [], random.Next(3))
        {
            Channel = Channels[random.Next(Channels.Length)],
            Needs = [.. Skills.Where(_ => random.Next(4) == 0).Select(skill => new SkillNeed(skill, random.Next(1, 6), random.Next(2) == 0))],
            PreferredAgent = random.Next(4) == 0 ? $"a{random.Next(Agents)}" : null,
            PreferredUntil = random.Next(3) > 0 ? Noon.AddSeconds(random.Next(200)) : null,
            NotBefore = random.Next(6) == 0 ? Noon.AddSeconds(random.Next(200)) : null,
            LetGoBy = random.Next(4) == 0 ? $"a{random.Next(Agents)}" : null,
            Relaxed = random.Next(3) == 0 ? random.Next(4) : 0,
            Pending = [.. Enumerable.Range(0, Agents).Where(_ => random.Next(14) == 0).Select(each => new OpenOffer(OfferIds.Of("q", (step * 4) - each % 3), $"a{each}", Noon)).DistinctBy(offer => offer.OfferId)],
        };

    private static FloorAgent Agent(Random random, int step) =>
        new($"a{random.Next(Agents)}", random.Next(5), [.. Skills.Where(_ => random.Next(2) == 0)], Noon.AddSeconds(-random.Next(4)), random.Next(step * 4))
        {
            Present = random.Next(3) > 0,
            Channels = random.Next(2) == 0 ? null : ImmutableDictionary<string, int>.Empty.Add(Channels[random.Next(1, 3)]!, random.Next(3)),
            Levels = random.Next(2) == 0 ? null : Skills.Where(_ => random.Next(2) == 0).ToImmutableDictionary(skill => skill, _ => random.Next(6)),
            DelaySeconds = random.Next(3) == 0 ? 30 * random.Next(1, 4) : 0,
            QueueUnits = random.Next(3) == 0 ? random.Next(1, 5) : 0,
        };

    private sealed record Version(Floor Floor, NaiveFloor Naive);
}
