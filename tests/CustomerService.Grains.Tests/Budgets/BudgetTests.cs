using CustomerService.Grains.Budgets;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.Budgets;

public sealed class BudgetTests
{
    private static readonly ModelAllowance Limit = new(1_000, 10m, 100);
    private static readonly ModelAllowance Part = new(400, 4m, 40);

    private readonly Subject<BudgetBehaviour, BudgetState> _day = new("models:2026-11-22");

    [Fact]
    public void Leases_AddUpToTheLimit_AndNotBeyond()
    {
        Assert.Equal(Part, Lease("a", Part));
        Assert.Equal(Part, Lease("b", Part));
        Assert.Equal(new ModelAllowance(200, 2m, 20), Lease("c", Part));
        Assert.Equal(ModelAllowance.None, Lease("d", Part));
        Assert.Equal(Limit, _day.State.Leased);
    }

    [Fact]
    public void RepeatedLease_GetsTheFirstAnswer_AndTakesNothing()
    {
        Assert.Equal(Part, Lease("a", Part));
        Assert.Equal(Part, Lease("a", Part));
        Assert.Equal(Part, _day.State.Leased);
    }

    [Fact]
    public void WhereOneOfTheThreeIsUsedUp_NothingIsTaken()
    {
        Lease("a", new ModelAllowance(1_000, 1m, 10));
        Assert.Equal(ModelAllowance.None, Lease("b", Part));
        Assert.Equal(new ModelAllowance(1_000, 1m, 10), _day.State.Leased);
    }

    [Fact]
    public void WhatComesBack_CanBeLeasedAgain_Once()
    {
        Lease("a", Limit);
        foreach (var _ in new[] { 1, 2 })
            Assert.IsType<Done>(_day.Handle(new ReturnModelBudget(Part) { Id = "back" }).Reply);
        Assert.Equal(Part, Lease("b", Limit));
    }

    [Fact]
    public void MoreThanWasTaken_NeverComesBack()
    {
        Lease("a", Part);
        _day.Handle(new ReturnModelBudget(Limit) { Id = "back" });
        Assert.Equal(ModelAllowance.None, Assert.IsType<ModelBudgetView>(_day.Handle(new GetModelBudget()).Reply).Leased);
    }

    [Fact]
    public void RaisedLimit_CountsFromTheNextLeaseOn()
    {
        Lease("a", Limit);
        Assert.Equal(Part, Lease("b", Part, Limit + Limit));
    }

    [Fact]
    public void Record_StaysSmall()
    {
        for (var i = 0; i < 1_000; i++)
            Lease($"l{i}", new ModelAllowance(1, 1m, 1), ModelAllowance.Unlimited);
        Assert.Equal(BudgetState.RememberedLength, _day.State.Remembered.Count);
    }

    private ModelAllowance Lease(string id, ModelAllowance wanted, ModelAllowance? limit = null) =>
        Assert.IsType<ModelLease>(_day.Handle(new LeaseModelBudget(wanted, limit ?? Limit) { Id = id }).Reply).Granted;
}
