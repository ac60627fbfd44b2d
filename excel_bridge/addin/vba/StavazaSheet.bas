Option Explicit

' The proposal sheet as far as it needs no Python: is it there, and take it out.

Public Function StavazaHasProposal(ByVal book As Object) As Boolean
    Dim sheet As Object
    For Each sheet In book.Worksheets
        If LCase$(sheet.Name) = LCase$(STAVAZA_SHEET) Then StavazaHasProposal = True
    Next sheet
End Function

Public Sub StavazaRemoveProposal(ByVal book As Object)
    Dim alerts As Boolean
    If Not StavazaHasProposal(book) Then Exit Sub
    alerts = Application.DisplayAlerts
    Application.DisplayAlerts = False
    On Error Resume Next
    book.Worksheets(STAVAZA_SHEET).Delete
    On Error GoTo 0
    Application.DisplayAlerts = alerts
End Sub

Public Sub StavazaFreezeHeads()
    ' The heads of the proposal stay in sight; xlwings cannot do that.
    On Error Resume Next
    If LCase$(ActiveSheet.Name) = LCase$(STAVAZA_SHEET) Then
        ActiveWindow.FreezePanes = False
        ActiveWindow.SplitColumn = 0
        ActiveWindow.SplitRow = STAVAZA_HEADS
        ActiveWindow.FreezePanes = True
    End If
    On Error GoTo 0
End Sub
