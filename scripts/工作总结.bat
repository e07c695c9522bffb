@echo off
setlocal EnableExtensions DisableDelayedExpansion
cd /d "%~dp0"
set "PYTHONUTF8=1"
set "PY=%~dp0..\runtime\python.exe"
if exist "%PY%" goto own
where py >nul 2>nul
if not errorlevel 1 goto launcher
python "%~dp0start.py" summary %*
goto done
:own
"%PY%" "%~dp0start.py" summary %*
goto done
:launcher
py -3 "%~dp0start.py" summary %*
:done
set "RC=%ERRORLEVEL%"
if "%RC%"=="9009" echo Python 3.11 or newer is needed: https://www.python.org
if not defined NOPAUSE pause
exit /b %RC%
